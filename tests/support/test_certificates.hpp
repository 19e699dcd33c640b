#pragma once

// A CA and certificates made for one test run, by the openssl program.

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace cpestorm::test {

class certificates {
public:
    certificates()
    {
        char folder[] = "/tmp/cpestorm-certificates-XXXXXX";
        if (::mkdtemp(folder) == nullptr) throw std::runtime_error("mkdtemp");
        folder_ = folder;
        run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
            "-subj /CN=test-ca -keyout ca.key -out ca.pem");
        issue("server", "subjectAltName=DNS:localhost,IP:127.0.0.1");
        issue("stranger", "subjectAltName=DNS:other.example");
        issue("client", "subjectAltName=DNS:client");
    }
    ~certificates() { std::filesystem::remove_all(folder_); }
    certificates(const certificates&) = delete;
    certificates& operator=(const certificates&) = delete;

    [[nodiscard]] std::string file(const std::string& name) const { return folder_ + "/" + name; }

private:
    void run(const std::string& arguments) const
    {
        const auto command = "cd " + folder_ + " && openssl " + arguments + " >/dev/null 2>&1";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl " + arguments);
    }
    // NAME.pem: certificate and key in one file, signed by the CA.
    void issue(const std::string& name, const std::string& extension) const
    {
        run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name +
            " -addext '" + extension + "' -keyout " + name + ".key -out " + name + ".csr");
        run("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 " +
            "-copy_extensions copy -out " + name + ".crt");
        const auto join =
            "cd " + folder_ + " && cat " + name + ".crt " + name + ".key > " + name + ".pem";
        if (std::system(join.c_str()) != 0) throw std::runtime_error(join);
    }
    std::string folder_;
};

} // namespace cpestorm::test
