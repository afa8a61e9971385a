#include "server/api/report_calls.hpp"

#include <charconv>

namespace api {

desk_answer refuse(http::response response) { return {std::move(response), {}}; }

std::string etag(std::int64_t revision) { return "\"" + std::to_string(revision) + "\""; }

std::optional<std::int64_t> read_revision(const http::request& request, protocol::faults& found) {
    const auto field = request.head.one("if-match");
    const auto none = [&] {
        found.push_back({"If-Match", field ? "formaat" : "vereist", "Send If-Match with the report's ETag."});
        return std::nullopt;
    };
    if (!field || field->size() < 3 || field->front() != '"' || field->back() != '"') return none();
    const auto digits = std::string_view(*field).substr(1, field->size() - 2);
    std::int64_t out = 0;
    const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (bad != std::errc() || end != digits.data() + digits.size() || out < 1) return none();
    return out;
}

http::response refused(store::errc error) {
    using enum store::errc;
    switch (error) {
        case stale:
            return conflict(
                "The report was changed in the meantime: fetch it again, then say what is to change.");
        case on_hold:
            return conflict("The report is kept on purpose. End that first, with bewaren null.");
        case needs_lead:
            return forbidden(
                "One of the two who destroy this must be a beheerder: nobody opened it, it is urgent, or a "
                "message in it is unread.");
        case not_found:
            return api::not_found(none_here);
        default:
            return from_store(error);
    }
}

std::expected<protocol::json::object, protocol::fault> read_body(const http::request& request) {
    auto object =
        protocol::parse_object({reinterpret_cast<const char*>(request.body.data()), request.body.size()});
    if (object) return std::move(*object);
    return std::unexpected(protocol::fault{"", "json", std::string(protocol::text(object.error()))});
}

}  // namespace api
