#include "http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <csignal>
#include <mutex>

namespace cpestorm::http {
namespace {

std::string last_openssl_error()
{
    const auto code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "unknown reason";
    const char* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "OpenSSL error " + std::to_string(code);
}

base::diagnostic bad_file(const std::string& file, std::string_view what)
{
    return {.where = file, .what = std::string(what) + ": " + last_openssl_error()};
}

base::checked<void> load_identity(SSL_CTX* ctx, const std::string& certificate,
                                  const std::string& key)
{
    if (SSL_CTX_use_certificate_chain_file(ctx, certificate.c_str()) != 1)
        return bad_file(certificate, "cannot read a PEM certificate chain");
    const auto& key_file = key.empty() ? certificate : key;
    if (SSL_CTX_use_PrivateKey_file(ctx, key_file.c_str(), SSL_FILETYPE_PEM) != 1)
        return bad_file(key_file, "cannot read a PEM private key");
    if (SSL_CTX_check_private_key(ctx) != 1)
        return bad_file(key_file, "the private key does not belong to the certificate");
    return {};
}

// OpenSSL writes to its descriptor with write(2), so a peer's reset must not become a signal.
void ignore_sigpipe()
{
    static std::once_flag once;
    std::call_once(once, [] { std::signal(SIGPIPE, SIG_IGN); });
}

SSL_CTX* make_context(const SSL_METHOD* method)
{
    ignore_sigpipe();
    SSL_CTX* ctx = SSL_CTX_new(method);
    if (ctx == nullptr) throw std::bad_alloc();
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                              SSL_MODE_RELEASE_BUFFERS);
    return ctx;
}

} // namespace

void tls_context::free_ctx::operator()(ssl_ctx_st* p) const noexcept
{
    SSL_CTX_free(p);
}

void free_ssl::operator()(ssl_st* p) const noexcept
{
    SSL_free(p);
}

base::checked<std::shared_ptr<const tls_context>>
tls_context::client(const tls_client_options& options)
{
    std::shared_ptr<tls_context> out(new tls_context);
    out->ctx_.reset(make_context(TLS_client_method()));
    out->verify_ = options.verify;
    SSL_CTX* ctx = out->ctx_.get();
    SSL_CTX_set_verify(ctx, options.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (!options.ca_file.empty()) {
        if (SSL_CTX_load_verify_locations(ctx, options.ca_file.c_str(), nullptr) != 1)
            return bad_file(options.ca_file, "cannot read PEM certificates of CAs");
    } else if (SSL_CTX_set_default_verify_paths(ctx) != 1) {
        return bad_file("", "cannot read the system's CA certificates");
    }
    if (!options.certificate_file.empty()) {
        auto loaded = load_identity(ctx, options.certificate_file, options.key_file);
        if (!loaded) return loaded.error();
    }
    return std::shared_ptr<const tls_context>(std::move(out));
}

base::checked<std::shared_ptr<const tls_context>>
tls_context::server(const tls_server_options& options)
{
    std::shared_ptr<tls_context> out(new tls_context);
    out->ctx_.reset(make_context(TLS_server_method()));
    SSL_CTX* ctx = out->ctx_.get();
    auto loaded = load_identity(ctx, options.certificate_file, options.key_file);
    if (!loaded) return loaded.error();
    if (!options.client_ca_file.empty()) {
        if (SSL_CTX_load_verify_locations(ctx, options.client_ca_file.c_str(), nullptr) != 1)
            return bad_file(options.client_ca_file, "cannot read PEM certificates of CAs");
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    static constexpr unsigned char context_id[] = "cpestorm";
    SSL_CTX_set_session_id_context(ctx, context_id, sizeof(context_id) - 1);
    return std::shared_ptr<const tls_context>(std::move(out));
}

} // namespace cpestorm::http
