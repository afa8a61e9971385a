// Files as the programs read and write them: secrets only where nobody else can read them, new files never
// over old ones, changed files whole or not at all.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "client/line/refusal.hpp"
#include "crypto/plain.hpp"

namespace client {

// A regular file's whole text; refused above `most` bytes.
[[nodiscard]] result<std::string> read_file(const std::string& path, std::size_t most = 1u << 20);

// The same for a secret: the file must be the caller's own, and its mode 0600 or stricter; else refused with
// "chmod 600 FILE". Read into memory that is wiped.
[[nodiscard]] result<crypto::plain> read_private_file(const std::string& path, std::size_t most = 1u << 16);

// What somebody wrote, wiped afterwards: of a file, or of standard input where path is "-".
[[nodiscard]] result<crypto::plain> read_plain(const std::string& path, std::size_t most);

// A new file with this mode, written through to the disk. Refused where one of this name exists.
[[nodiscard]] result<void> create_file(const std::string& path, std::string_view text, unsigned mode);

// Whether create_file may be tried: nothing of this name is there, and its directory can be written. Asked
// before work that ends in a file is begun.
[[nodiscard]] result<void> may_create(const std::string& path);

// Replaces a file at once (a new one beside it, written through, renamed); mode 0600.
[[nodiscard]] result<void> replace_file(const std::string& path, std::string_view text);

// Makes several files, or replaces them, together and with this mode: all are written through beside their
// places before the first is renamed. Where one cannot be written none is touched; only a machine that fails
// between two renames leaves some.
struct text_file {
    std::string path;
    std::string text;
};
[[nodiscard]] result<void> replace_files(std::span<const text_file> files, unsigned mode);

// So that it is gone from the disk when this returns; also where it was gone before.
[[nodiscard]] result<void> remove_file(const std::string& path);

// Makes the directory and those above it, for the caller alone.
[[nodiscard]] result<void> make_directory(const std::string& path);

// An exclusive lock on a file (made where missing) for as long as this lives; waits for others.
class file_lock {
  public:
    [[nodiscard]] static result<file_lock> take(const std::string& path);
    file_lock(file_lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    file_lock& operator=(file_lock&&) = delete;
    ~file_lock();

  private:
    explicit file_lock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace client
