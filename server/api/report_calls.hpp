// What the calls about one report share: its revision, and how a refusal of the store is told.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "server/api/endpoints.hpp"

namespace api {

inline constexpr std::string_view none_here = "There is no such report at this desk.";

[[nodiscard]] desk_answer refuse(http::response response);
[[nodiscard]] std::string etag(std::int64_t revision);
// If-Match: the revision as ETag gives it. Missing or unreadable is a fault.
[[nodiscard]] std::optional<std::int64_t> read_revision(const http::request& request,
                                                        protocol::faults& found);
// A refused change of a report.
[[nodiscard]] http::response refused(store::errc error);
// The object of a body; json as a fault.
[[nodiscard]] std::expected<protocol::json::object, protocol::fault> read_body(const http::request& request);

}  // namespace api
