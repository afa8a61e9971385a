// A file that grows beside its place and is put there whole: FILE.new (mode 0600), written through, renamed.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/bytes.hpp"

namespace admin {

class new_file {
  public:
    // What a broken-off run left as FILE.new is overwritten; refused where another one writes it now.
    [[nodiscard]] static client::result<new_file> make(const std::string& path);
    new_file(new_file&& other) noexcept;
    new_file& operator=(new_file&&) = delete;
    ~new_file();  // takes FILE.new away where it was not put in its place

    [[nodiscard]] client::result<void> write(crypto::byte_view part);
    // On the disk, still beside its place.
    [[nodiscard]] client::result<void> settle();
    // Refused where FILE is there by now.
    [[nodiscard]] client::result<void> place();

    [[nodiscard]] std::int64_t size() const { return size_; }

  private:
    new_file(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
    std::string path_;
    int fd_;
    std::int64_t size_ = 0;
    bool placed_ = false;
};

// Refused where something has this name.
[[nodiscard]] client::result<void> must_be_new(const std::string& path);

}  // namespace admin
