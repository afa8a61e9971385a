// What is the same for everybody: the style sheet, the icon and the script, named after their contents, and
// bytes compressed once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace pages {

// One answer in the three forms in which its body may be sent (RFC 9110 §8.4.1), all made once at the start.
class encoded {
  public:
    // answer: with the body that is not compressed yet. Vary is added, and Content-Encoding where one is
    // used.
    explicit encoded(http::response answer);

    // The smallest form that the request takes (Accept-Encoding).
    [[nodiscard]] const http::response& form_for(const http::head& head) const;

  private:
    http::response plain_, gzip_, brotli_;
};

// Bytes that may be kept, with a tag made of them (ETag).
class tagged {
  public:
    // kept: for how long and by whom (Cache-Control).
    tagged(std::string_view type, std::string_view kept, std::string bytes);

    // SHA-256 of the bytes, as crypto::hash_text.
    [[nodiscard]] const std::string& hash() const { return hash_; }
    // The bytes; 304 where the client has them.
    [[nodiscard]] http::response answer(const http::head& head) const;

  private:
    std::string hash_;
    encoded answer_;
};

class assets {
  public:
    assets();

    // Without the leading slash, as templates want it.
    [[nodiscard]] const std::string& style_path() const { return files_[0].path; }
    [[nodiscard]] const std::string& icon_path() const { return files_[1].path; }
    [[nodiscard]] const std::string& script_path() const { return files_[2].path; }
    // Whether there is one at this path; with "/".
    [[nodiscard]] bool has(std::string_view path) const { return find(path) != nullptr; }
    // The asset; 304 where the client has it.
    [[nodiscard]] http::response answer(const http::head& head) const;

  private:
    struct file {
        std::string path;
        tagged bytes;
    };
    [[nodiscard]] const file* find(std::string_view path) const;

    std::vector<file> files_;
};

}  // namespace pages
