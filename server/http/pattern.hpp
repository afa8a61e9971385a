// The path of a route: "/v1/loketten/{l}/meldingen/{id}". A parameter takes exactly one segment of unreserved
// characters (RFC 3986, section 2.3), so an escaped or dotted path never reaches a handler: it is not found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace http {

class pattern {
  public:
    // Throws std::logic_error where `text` is no pattern: that is our bug and stops the start.
    explicit pattern(std::string_view text);

    // The parameters in order, or nothing where the path is another. "/a" and "/a/" are two paths.
    [[nodiscard]] std::optional<std::vector<std::string>> match(std::string_view path) const;
    // Whether every path that `other` takes is taken by this one too.
    [[nodiscard]] bool covers(const pattern& other) const;
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    struct segment {
        std::string literal;
        bool parameter = false;
    };
    std::string text_;
    std::vector<segment> segments_;
};

// "GET", "POST" …; `other` has none.
[[nodiscard]] std::string_view name(method method);

// The value of Allow for the methods that have a route: HEAD comes with GET, OPTIONS always.
[[nodiscard]] std::string allow(const std::vector<method>& methods);

}  // namespace http
