#pragma once

// TLS settings, shared by many connections. OpenSSL stops at the .cpp files.

#include "base/error.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace cpestorm::http {

struct tls_client_options {
    std::string ca_file;          // PEM with the trusted CAs; empty: the system's
    std::string certificate_file; // client certificate chain, PEM; empty: none
    std::string key_file;         // its private key; empty: in certificate_file
    bool verify = true;           // chain and host name; false only for laboratories
};

struct tls_server_options {
    std::string certificate_file; // chain, PEM
    std::string key_file;         // empty: in certificate_file
    std::string client_ca_file;   // ask for client certificates signed by these; empty: do not ask
};

// A configured SSL_CTX: TLS 1.2 and 1.3 only.
class tls_context {
public:
    // The diagnostic names the file and OpenSSL's reason.
    [[nodiscard]] static base::checked<std::shared_ptr<const tls_context>>
    client(const tls_client_options& options);
    [[nodiscard]] static base::checked<std::shared_ptr<const tls_context>>
    server(const tls_server_options& options);

    [[nodiscard]] ssl_ctx_st* native() const noexcept { return ctx_.get(); }
    [[nodiscard]] bool verifies() const noexcept { return verify_; }

private:
    struct free_ctx {
        void operator()(ssl_ctx_st* p) const noexcept;
    };
    tls_context() = default;
    std::unique_ptr<ssl_ctx_st, free_ctx> ctx_;
    bool verify_ = true;
};

struct free_ssl {
    void operator()(ssl_st* p) const noexcept;
};
using ssl_ptr = std::unique_ptr<ssl_st, free_ssl>;

} // namespace cpestorm::http
