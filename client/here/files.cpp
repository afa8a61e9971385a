#include "client/here/files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "base/process/user.hpp"

namespace client {
namespace {

class descriptor {
  public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor() {
        if (number_ > 2) ::close(number_);
    }
    [[nodiscard]] int get() const { return number_; }

  private:
    int number_;
};

std::unexpected<refusal> no_file(const std::string& path, std::string_view what) {
    const int why = errno;
    return refuse(
        fmt::format("{} cannot be {}{}: {}.", path, what, process::by_whom(why), std::strerror(why)));
}

result<descriptor> open_regular(const std::string& path, struct ::stat& state) {
    // Without O_NONBLOCK a pipe of this name would hold the program.
    descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0 || ::fstat(file.get(), &state) != 0) return no_file(path, "read");
    if (!S_ISREG(state.st_mode)) return refuse(path + " is not a regular file; name the file itself.");
    return file;
}

// Fills the buffer until the end of the file; more than fits is seen by the one byte that callers leave over.
result<std::size_t> read_all(int from, const std::string& path, std::span<std::uint8_t> to) {
    std::size_t size = 0;
    while (size < to.size()) {
        auto got = ::read(from, to.data() + size, to.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return no_file(path, "read");
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    return size;
}

result<crypto::plain> read_secret(int from, const std::string& path, std::size_t most) {
    crypto::plain out(most + 1);
    auto size = read_all(from, path, out.span());
    if (!size) return std::unexpected(size.error());
    if (*size > most)
        return refuse(fmt::format("{} is larger than {} bytes, so it is not the right file.", path, most));
    out.shrink(*size);
    return out;
}

result<void> write_through(int to, const std::string& path, std::string_view text) {
    while (!text.empty()) {
        auto put = ::write(to, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return no_file(path, "written");
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    if (::fsync(to) != 0) return no_file(path, "written");
    return {};
}

std::string directory_of(const std::string& path) {
    auto parent = std::filesystem::path(path).parent_path().string();
    return parent.empty() ? std::string(".") : parent;
}

// The name of a new or renamed file is on the disk only once its directory is.
result<void> sync_directory_of(const std::string& path) {
    auto parent = directory_of(path);
    descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0 || ::fsync(directory.get()) != 0) return no_file(parent, "written");
    return {};
}

// A free name beside a file's.
std::string beside(const std::string& path) {
    auto out = fmt::format("{}.{}.new", path, ::getpid());
    ::unlink(out.c_str());  // of an earlier process with this number
    return out;
}

result<void> put_in_place(const std::string& fresh, const std::string& path) {
    if (::rename(fresh.c_str(), path.c_str()) == 0) return {};
    auto refused = no_file(path, "replaced");
    ::unlink(fresh.c_str());
    return refused;
}

}  // namespace

result<std::string> read_file(const std::string& path, std::size_t most) {
    struct ::stat state{};
    auto file = open_regular(path, state);
    if (!file) return std::unexpected(file.error());
    std::string out(most + 1, '\0');
    auto size = read_all(file->get(), path, {reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
    if (!size) return std::unexpected(size.error());
    if (*size > most)
        return refuse(fmt::format("{} is larger than {} bytes, so it is not the right file.", path, most));
    out.resize(*size);
    return out;
}

result<crypto::plain> read_private_file(const std::string& path, std::size_t most) {
    struct ::stat state{};
    auto file = open_regular(path, state);
    if (!file) return std::unexpected(file.error());
    if (state.st_uid != ::geteuid())
        return refuse(path + " belongs to another user, so it is not used; make a copy of your own.");
    if ((state.st_mode & 07777u & ~0600u) != 0)
        return refuse(fmt::format("{0} can be used by others, so it is not read; run: chmod 600 {0}", path));
    return read_secret(file->get(), path, most);
}

result<crypto::plain> read_plain(const std::string& path, std::size_t most) {
    if (path == "-") return read_secret(STDIN_FILENO, "What came on standard input", most);
    struct ::stat state{};
    auto file = open_regular(path, state);
    if (!file) return std::unexpected(file.error());
    return read_secret(file->get(), path, most);
}

result<void> create_file(const std::string& path, std::string_view text, unsigned mode) {
    descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (file.get() < 0 && (errno == EISDIR || std::filesystem::is_directory(path)))
        return refuse(path + " is a directory; name a new file in it.");
    if (file.get() < 0 && errno == EEXIST)
        return refuse(path +
                      " exists already and is never overwritten; choose another name or move it away.");
    if (file.get() < 0) return no_file(path, "made");
    // The umask may have taken more away than wanted of a public file; it never adds.
    if (::fchmod(file.get(), mode) != 0) return no_file(path, "made");
    auto done = write_through(file.get(), path, text);
    if (done) done = sync_directory_of(path);
    if (!done) ::unlink(path.c_str());  // half a key file would only mislead
    return done;
}

result<void> may_create(const std::string& path) {
    if (std::filesystem::is_directory(path)) return refuse(path + " is a directory; name a new file in it.");
    struct ::stat state{};
    if (::lstat(path.c_str(), &state) == 0)
        return refuse(path +
                      " exists already and is never overwritten; choose another name or move it away.");
    const auto directory = directory_of(path);
    if (::access(directory.c_str(), W_OK | X_OK) != 0)
        return refuse(fmt::format("{} cannot be made: {}: {}.", path, directory, std::strerror(errno)));
    return {};
}

result<void> replace_file(const std::string& path, std::string_view text) {
    auto fresh = beside(path);
    if (auto made = create_file(fresh, text, 0600); !made) return made;
    if (auto put = put_in_place(fresh, path); !put) return put;
    return sync_directory_of(path);
}

result<void> replace_files(std::span<const text_file> files, unsigned mode) {
    std::vector<std::string> fresh;
    result<void> done;
    for (const auto& file : files) {
        fresh.push_back(beside(file.path));
        done = create_file(fresh.back(), file.text, mode);
        if (!done) break;
    }
    for (std::size_t i = 0; done && i < files.size(); ++i) done = put_in_place(fresh[i], files[i].path);
    for (const auto& file : files)
        if (done) done = sync_directory_of(file.path);
    for (const auto& name : fresh) ::unlink(name.c_str());  // those that were not put in their place
    return done;
}

result<void> remove_file(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return no_file(path, "removed");
    return sync_directory_of(path);
}

result<void> make_directory(const std::string& path) {
    std::filesystem::path so_far;
    for (const auto& part : std::filesystem::path(path)) {
        so_far /= part;
        if (::mkdir(so_far.c_str(), 0700) != 0 && errno != EEXIST && errno != EISDIR)
            return no_file(so_far.string(), "made");
    }
    std::error_code error;
    if (!std::filesystem::is_directory(path, error))
        return refuse(path + " is not a directory; move it away or name another.");
    return {};
}

result<file_lock> file_lock::take(const std::string& path) {
    int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return no_file(path, "opened");
    while (::flock(descriptor, LOCK_EX) != 0) {
        if (errno == EINTR) continue;
        auto refused = no_file(path, "locked");
        ::close(descriptor);
        return refused;
    }
    return file_lock(descriptor);
}

file_lock::~file_lock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace client
