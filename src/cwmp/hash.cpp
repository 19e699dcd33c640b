#include "cwmp/hash.hpp"

#include "base/text.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>

namespace cpestorm::cwmp {
namespace {

struct free_md {
    void operator()(EVP_MD* md) const noexcept { EVP_MD_free(md); }
};
using md_ptr = std::unique_ptr<EVP_MD, free_md>;
using md_bytes = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hex(const md_bytes& bytes, unsigned size)
{
    return base::to_hex({reinterpret_cast<const char*>(bytes.data()), size});
}

std::string hash_hex(const EVP_MD* md, std::string_view data)
{
    md_bytes out{};
    unsigned size = 0;
    if (md == nullptr || EVP_Digest(data.data(), data.size(), out.data(), &size, md, nullptr) != 1)
        return {};
    return hex(out, size);
}

// Looked up once: OpenSSL 3 otherwise searches its providers at every use.
const EVP_MD* sha256()
{
    static const md_ptr md(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return md.get();
}

} // namespace

std::string md5_hex(std::string_view data)
{
    static const md_ptr md(EVP_MD_fetch(nullptr, "MD5", nullptr));
    return hash_hex(md.get(), data);
}

std::string sha256_hex(std::string_view data)
{
    return hash_hex(sha256(), data);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view data)
{
    md_bytes out{};
    unsigned size = 0;
    if (HMAC(sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(data.data()), data.size(), out.data(),
             &size) == nullptr)
        return {};
    return hex(out, size);
}

bool equal_secrets(std::string_view a, std::string_view b)
{
    // Hashing first makes both sides equally long.
    const std::string x = sha256_hex(a);
    const std::string y = sha256_hex(b);
    return !x.empty() && x.size() == y.size() && CRYPTO_memcmp(x.data(), y.data(), x.size()) == 0;
}

} // namespace cpestorm::cwmp
