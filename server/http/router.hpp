// One table of routes: method, pattern, handler. The same table serves requests and is compared with the
// OpenAPI document by a test, so an endpoint that is not published cannot be reached by accident.
#pragma once

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/http/message.hpp"
#include "server/http/pattern.hpp"

namespace http {

template <class Handler>
struct route {
    http::method method;
    std::string_view path;  // a pattern, see pattern.hpp
    Handler handler;
};

struct not_found {};

// The path exists, the method does not. For OPTIONS this is the answer: 204 with Allow.
struct not_allowed {
    std::string allow;
};

template <class Handler>
class router {
  public:
    struct found {
        const Handler* handler;               // lives as long as the router
        std::vector<std::string> parameters;  // in the pattern's order
        std::string_view path;                // the pattern
    };
    using result = std::variant<found, not_found, not_allowed>;

    struct entry {
        http::method method;
        http::pattern pattern;
        Handler handler;
    };

    // Where two patterns of one method take the same path the earlier wins. Throws std::logic_error for a
    // route that an earlier one hides.
    explicit router(std::span<const route<Handler>> table) {
        entries_.reserve(table.size());
        for (const auto& row : table) add(entry{row.method, pattern(row.path), row.handler});
    }

    // HEAD is served by the route of GET.
    [[nodiscard]] result match(method method, std::string_view path) const {
        const auto wanted = method == method::head ? method::get : method;
        std::vector<http::method> others;
        for (const auto& entry : entries_) {
            auto parameters = entry.pattern.match(path);
            if (!parameters) continue;
            if (entry.method == wanted)
                return found{&entry.handler, std::move(*parameters), entry.pattern.text()};
            others.push_back(entry.method);
        }
        if (others.empty()) return not_found{};
        return not_allowed{allow(others)};
    }

    [[nodiscard]] const std::vector<entry>& entries() const { return entries_; }

  private:
    void add(entry fresh) {
        const bool hidden = std::ranges::any_of(entries_, [&](const entry& earlier) {
            return earlier.method == fresh.method && earlier.pattern.covers(fresh.pattern);
        });
        if (hidden) throw std::logic_error("route hidden by an earlier one: " + fresh.pattern.text());
        entries_.push_back(std::move(fresh));
    }

    std::vector<entry> entries_;
};

}  // namespace http
