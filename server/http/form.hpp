// application/x-www-form-urlencoded as a browser posts it (WHATWG URL §5; HTML, form submission), decoded
// inside the body's own wiped memory: no second copy of what a reporter typed. Nothing is lost: what cannot
// be text is replaced and marked, so that the page can show the rest again.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include "server/http/errc.hpp"
#include "server/http/wiping.hpp"

namespace http {

class form {
  public:
    struct field {
        std::string_view name;
        std::string_view value;  // UTF-8 without U+0000; line ends are LF
        bool repaired = false;  // bytes that were no UTF-8, a broken escape, or control characters other than
                                // tab and LF were replaced by "?" each
    };

    // "a=b&c=d": "+" is a space, %XX a byte; a broken escape ("%", "%4", "%zz") stays as it stands and marks
    // the field repaired; CR LF and CR become LF. Empty pieces between "&" are passed over. too_many above
    // `at_most` fields, found before anything is decoded; bad_utf8 for a name that is none, empty_name for an
    // empty one.
    [[nodiscard]] static std::expected<form, errc> parse(wiping_bytes body, std::size_t at_most);

    form() = default;
    form(form&&) noexcept = default;
    form& operator=(form&&) noexcept = default;
    form(const form&) = delete;
    form& operator=(const form&) = delete;
    ~form() = default;

    // Bytes of the body; what was decoded is not more.
    [[nodiscard]] std::size_t size() const { return text_.size(); }
    // In the order they were sent; the views hold as long as the form, also when it is moved.
    [[nodiscard]] std::span<const field> fields() const { return fields_; }
    // The first of that name; null where there is none.
    [[nodiscard]] const field* first(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] std::string_view value(
        std::string_view name) const;  // of the first; empty where there is none

  private:
    wiping_bytes text_;
    std::vector<field> fields_;
};

}  // namespace http
