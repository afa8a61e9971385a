// The endpoints over a small country, asked as a connection asks them; each answer is held against the
// document.
#pragma once

#include "server/api/endpoints.hpp"
#include "tests/unit/api/sources.hpp"
#include "tests/unit/guide/held.hpp"
#include "tests/unit/trust/world.hpp"

namespace service {

using world::run_now;

inline std::string name_of(http::method method) {
    return method == http::method::post    ? "POST"
           : method == http::method::get   ? "GET"
           : method == http::method::patch ? "PATCH"
                                           : "DELETE";
}

inline http::head head(http::method method, std::string target, std::vector<http::field> fields = {}) {
    http::head out;
    out.method = method;
    out.method_text = name_of(method);
    auto mark = target.find('?');
    out.path = target.substr(0, mark);
    out.query = mark == std::string::npos ? "" : target.substr(mark);
    out.target = std::move(target);
    out.authority = "meldpunt.example";
    out.fields = std::move(fields);
    return out;
}

using shipped::codes;
using shipped::gemeenten;
using shipped::handbook;
using shipped::staffing;

// Whether the document lists this status for the route that takes this path.
inline bool is_published(http::method method, const std::string& path, unsigned status) {
    http::router<api::endpoint> router(api::endpoints::table());
    auto found = router.match(method, path);
    auto* route = std::get_if<http::router<api::endpoint>::found>(&found);
    if (!route) return status == 404 || status == 405;
    auto key = name_of(method);
    for (auto& letter : key) letter = static_cast<char>(letter - 'A' + 'a');
    const auto& operation = sources::described(route->path).at(key);
    return operation.at("responses").as_object().contains(std::to_string(status));
}

struct server : world::country {
    double pressure = 0;  // what the gate takes for load
    admission::gate load{1, [this] { return pressure; }};
    admission::volume volume;
    std::unique_ptr<api::endpoints> endpoints;
    server() {
        clock.at += 3600;
        endpoints = std::make_unique<api::endpoints>(
            api::parts{*store, *registry, *gate, gemeenten(), codes(), handbook(), clock, load, volume,
                       staffing(), [](const store::listed_report&) { return std::nullopt; }});
    }
    http::response send(http::head head, std::string_view body = {}) {
        http::request request{std::move(head), {}};
        request.body.assign(body.begin(), body.end());
        auto response = run_now(endpoints->answer(request));
        CAPTURE(request.head.target, response.status);
        CHECK(is_published(request.head.method, request.head.path, response.status));
        return response;
    }
    http::response get(std::string target) { return send(head(http::method::get, std::move(target))); }
    http::response post(std::string target, std::string_view body) {
        return send(head(http::method::post, std::move(target)), body);
    }
    http::response signed_by(const crypto::sign_keys& keys, const std::string& keyid, http::method method,
                             std::string target, std::string_view body = {}) {
        auto out = head(method, std::move(target));
        crypto::signed_message message{
            out.method_text, out.authority, out.path, out.query.empty() ? "?" : out.query, {}};
        if (!body.empty())
            message.fields.emplace_back("content-digest", crypto::content_digest(crypto::as_bytes(body)));
        auto nonce = crypto::uuid::random().bytes;
        auto fields = crypto::sign_request(message, keys, keyid, clock.at, nonce);
        out.fields = message.fields;
        out.fields.emplace_back("signature-input", fields.signature_input);
        out.fields.emplace_back("signature", fields.signature);
        return send(std::move(out), body);
    }
    http::response member(const world::desk& by, std::string target) {
        return signed_by(by.sign, by.keyid(), http::method::get, std::move(target));
    }
    http::response lead(const world::desk& by, std::string target, std::string_view body) {
        return signed_by(by.lead, by.lead_keyid(), http::method::post, std::move(target), body);
    }
};

// The value of a field, or nothing.
inline std::string field(const http::response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields)
        if (key == name) return value;
    return {};
}
inline boost::json::object json(const http::response& response) {
    return boost::json::parse(std::string(response.content())).as_object();
}

// The codes of a problem, in order.
inline std::vector<std::string> codes(const http::response& response) {
    std::vector<std::string> out;
    auto problem = json(response);
    if (const auto* errors = problem.if_contains("errors"))
        for (const auto& one : errors->as_array()) out.emplace_back(one.at("code").as_string().c_str());
    return out;
}

}  // namespace service
