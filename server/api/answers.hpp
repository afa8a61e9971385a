// The answers that every endpoint shares: JSON, public data with an ETag, and the problems of api.md's rules.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"
#include "server/http/message.hpp"
#include "server/http/problem.hpp"
#include "server/store/errc.hpp"

namespace api {

[[nodiscard]] http::response json_answer(unsigned status, const protocol::json::value& value);

// The same, but where a query says what somebody looks for: that is kept nowhere (no-store).
[[nodiscard]] http::response asked_answer(const http::head& head, std::string body, unsigned max_age);
// Public data, fresh for max_age seconds: the hash of its bytes is its ETag, and 304 the answer to who has
// it. The second form is for what is rendered for one answer.
[[nodiscard]] http::response public_answer(const http::head& head, std::shared_ptr<const std::string> body,
                                           std::string_view hash, unsigned max_age);
[[nodiscard]] http::response public_answer(const http::head& head, std::string body, unsigned max_age);

// 400 with every fault; `in` is "body", "query" or "header".
[[nodiscard]] http::response bad_input(std::string_view in, const protocol::faults& found);
// The same of several places at once. Some of them may have no fault.
struct faults_in {
    std::string_view in;
    protocol::faults found;
};
[[nodiscard]] http::response bad_input(std::span<const faults_in> places);
[[nodiscard]] http::response not_signed();
// 401 where `created` lies outside its 300 s of this clock (Unix seconds), whoever signed.
[[nodiscard]] http::response wrong_clock(std::int64_t now);
[[nodiscard]] http::response forbidden(std::string_view why);
[[nodiscard]] http::response not_found(std::string_view what);
[[nodiscard]] http::response conflict(std::string_view why);
// 429 until the day ends (UTC); now: Unix seconds.
[[nodiscard]] http::response too_many(std::string_view why, std::int64_t now);
[[nodiscard]] http::response overloaded();
// 503 with the code `vol`: the disk or a share of it has no room for a report of this size.
[[nodiscard]] http::response no_room();
// 404, 409 or 503, as the store answered.
[[nodiscard]] http::response from_store(store::errc error);

}  // namespace api
