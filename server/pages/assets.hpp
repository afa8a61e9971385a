// What is the same for everybody: the style sheet and the icon, named after their contents, and bytes
// compressed once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/http/message.hpp"

namespace pages {

// One body in the three forms in which it may be sent (RFC 9110 §8.4.1), made once at the start.
class encoded {
  public:
    explicit encoded(std::string bytes);

    // Puts the smallest form that the request takes (Accept-Encoding) into the answer, with Content-Encoding
    // and Vary.
    void put(const http::head& head, http::response& response) const;

    [[nodiscard]] std::size_t plain_size() const { return plain_->size(); }
    [[nodiscard]] std::size_t gzip_size() const { return gzip_->size(); }

  private:
    std::shared_ptr<const std::string> plain_, gzip_, brotli_;
};

class assets {
  public:
    assets();

    // Without the leading slash, as templates want it.
    [[nodiscard]] const std::string& style_path() const { return files_[0].path; }
    [[nodiscard]] const std::string& icon_path() const { return files_[1].path; }
    // Whether there is one at this path; with "/".
    [[nodiscard]] bool has(std::string_view path) const { return find(path) != nullptr; }
    // The asset; 304 where the client has it.
    [[nodiscard]] http::response answer(const http::head& head) const;

  private:
    struct file {
        std::string path, type, tag;
        encoded bytes;
    };
    [[nodiscard]] const file* find(std::string_view path) const;

    std::vector<file> files_;
};

}  // namespace pages
