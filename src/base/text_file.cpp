#include "base/text.hpp"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

// Whole files in and out.

namespace cpestorm::base {
namespace {

class descriptor {
public:
    explicit descriptor(int fd) noexcept
        : fd_(fd)
    {
    }
    ~descriptor()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] bool close() noexcept
    {
        const int fd = fd_;
        fd_ = -1;
        return ::close(fd) == 0;
    }

private:
    int fd_;
};

diagnostic failed(const std::string& path, std::string_view what)
{
    const int error = errno; // before anything below can change it
    return {.where = path,
            .what = std::string(what) + ": " + std::generic_category().message(error)};
}

bool write_all(int fd, std::string_view data) noexcept
{
    while (!data.empty()) {
        const auto n = ::write(fd, data.data(), data.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        data.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

// Makes a rename durable. Best effort: some file systems refuse fsync on a folder.
void sync_folder_of(const std::string& path) noexcept
{
    const auto slash = path.rfind('/');
    const std::string folder = slash == path.npos ? "." : path.substr(0, slash + 1);
    const descriptor d(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (d.get() >= 0) (void)::fsync(d.get()); // the file itself is safe already
}

} // namespace

checked<std::string> read_file(const std::string& path, std::size_t limit)
{
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return failed(path, "cannot open");
    struct stat st{};
    if (::fstat(file.get(), &st) != 0) return failed(path, "cannot read");
    const auto too_large = [&] {
        return diagnostic{.where = path,
                          .what = "larger than the limit of " + std::to_string(limit) + " bytes"};
    };
    if (S_ISREG(st.st_mode) && static_cast<std::uint64_t>(st.st_size) > limit) return too_large();

    std::string out;
    if (S_ISREG(st.st_mode)) out.reserve(static_cast<std::size_t>(st.st_size));
    char chunk[16 * 1024];
    for (;;) {
        const auto n = ::read(file.get(), chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed(path, "cannot read");
        if (n == 0) return out;
        if (static_cast<std::size_t>(n) > limit - out.size()) return too_large();
        out.append(chunk, static_cast<std::size_t>(n));
    }
}

// What is no regular file (a pipe, /dev/stdout) is written to, not replaced.
static checked<void> write_in_place(const std::string& path, std::string_view contents)
{
    descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0) return failed(path, "cannot open");
    if (!write_all(file.get(), contents) || !file.close()) return failed(path, "cannot write");
    return {};
}

checked<void> write_file(const std::string& path, std::string_view contents)
{
    struct stat old{};
    const bool exists = ::stat(path.c_str(), &old) == 0;
    if (exists && !S_ISREG(old.st_mode)) return write_in_place(path, contents);

    // Unique among the threads of this process and, by the process id, among processes.
    static std::atomic<unsigned> counter{0};
    const std::string temporary =
        path + '.' + std::to_string(::getpid()) + '.' + std::to_string(counter++) + ".tmp";
    descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0) return failed(path, "cannot create");

    const bool written = write_all(file.get(), contents) &&
                         (!exists || ::fchmod(file.get(), old.st_mode & 07777) == 0) &&
                         ::fsync(file.get()) == 0 && file.close();
    if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) {
        const auto problem = failed(path, "cannot write");
        ::unlink(temporary.c_str());
        return problem;
    }
    sync_folder_of(path);
    return {};
}

} // namespace cpestorm::base
