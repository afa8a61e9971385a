// The route table and the handlers, held against schema/openapi.json, both ways.
#include <regex>

#include "server/api/endpoints.hpp"
#include "tests/unit/api/sources.hpp"

using sources::openapi;

namespace {

std::string name_of(http::method method) {
    switch (method) {
        case http::method::get:
            return "get";
        case http::method::head:
            return "head";
        case http::method::post:
            return "post";
        case http::method::patch:
            return "patch";
        case http::method::del:
            return "delete";
        case http::method::options:
            return "options";
        case http::method::other:
            break;
    }
    return "other";
}

bool is_method(std::string_view key) {
    return key == "get" || key == "head" || key == "post" || key == "put" || key == "patch" ||
           key == "delete" || key == "options";
}

std::set<std::string> all_matches(const std::string& code, const char* pattern) {
    std::set<std::string> out;
    std::regex wanted(pattern);
    for (std::sregex_iterator at(code.begin(), code.end(), wanted), end; at != end; ++at)
        for (std::size_t group = 1; group < at->size(); ++group)
            if ((*at)[group].matched) out.insert((*at)[group]);
    return out;
}

std::set<std::string> words(std::string_view path) {
    std::string text(path);
    return all_matches(text, R"(\{(\w+)\})");
}

}  // namespace

TEST_CASE("what is served is published, and what is published is served") {
    const std::string base = openapi().at("servers").at(0).at("url").as_string().c_str();
    std::set<std::string> served, published;
    for (const auto& route : api::endpoints::table())
        served.insert(name_of(route.method) + " " + std::string(route.path));
    for (const auto& path : openapi().at("paths").as_object())
        for (const auto& operation : path.value().as_object())
            if (is_method(operation.key()))
                published.insert(std::string(operation.key()) + " " + base + std::string(path.key()));
    CHECK(served == published);
    CHECK(served.size() == api::endpoints::table().size());
}

TEST_CASE("every parameter of a path is published, and none besides; signed routes say so") {
    for (const auto& route : api::endpoints::table()) {
        CAPTURE(route.path);
        const auto& operation = sources::described(route.path).at(name_of(route.method)).as_object();
        std::set<std::string> in_path;
        if (const auto* parameters = operation.if_contains("parameters"))
            for (const auto& one : parameters->as_array()) {
                const auto& parameter = sources::resolved(one);
                if (parameter.at("in") == "path") in_path.insert(parameter.at("name").as_string().c_str());
            }
        CHECK(in_path == words(route.path));
        const auto* security = operation.if_contains("security");
        bool is_signed = security && !security->as_array().empty();
        CHECK(is_signed == (route.handler.who != api::roles::anyone));
        const auto& responses = operation.at("responses").as_object();
        for (const char* status : {"401", "403"}) CHECK(responses.contains(status) == is_signed);
        CHECK(responses.contains("503"));
        const bool has_body = route.method == http::method::post || route.method == http::method::patch;
        for (const char* status : {"413", "415"}) CHECK(responses.contains(status) == has_body);
        CHECK((route.handler.open == nullptr) != (route.handler.desk == nullptr));
        CHECK(route.handler.action.has_value() == (route.handler.open == nullptr));
        CHECK(operation.contains("requestBody") == has_body);
    }
}

TEST_CASE("what a desk's route leaves in the trail is the request that is signed for it") {
    std::set<protocol::action> left;
    for (const auto& route : api::endpoints::table()) {
        if (!route.handler.action) continue;
        CAPTURE(route.path);
        const auto& form = protocol::form_of(*route.handler.action);
        auto method = name_of(route.method);
        for (auto& letter : method) letter = static_cast<char>(letter - 'a' + 'A');
        CHECK(form.method == method);
        CHECK("/v1/loketten/{l}" + std::string(form.path) == route.path);
        left.insert(*route.handler.action);
    }
    // And what no route leaves, a handler says in the place of another, or the clock does.
    for (const auto& form : protocol::action_forms())
        if (!left.contains(form.action)) {
            CAPTURE(form.code);
            CHECK((form.method.empty() || std::ranges::any_of(left, [&](protocol::action of) {
                       const auto& other = protocol::form_of(of);
                       return other.method == form.method && other.path == form.path;
                   })));
        }
}

TEST_CASE("the query's names are the same in the handlers and in the document") {
    auto read =
        all_matches(sources::code({"server/api"}), R"rx(query\.(?:text|number|boolean|one_of)\("(\w+)")rx");
    std::set<std::string> published;
    for (const auto& path : openapi().at("paths").as_object())
        for (const auto& operation : path.value().as_object()) {
            const auto* object = operation.value().if_object();
            const auto* parameters = object ? object->if_contains("parameters") : nullptr;
            if (!parameters) continue;
            for (const auto& one : parameters->as_array())
                if (sources::resolved(one).at("in") == "query")
                    published.insert(sources::resolved(one).at("name").as_string().c_str());
        }
    CHECK(read == published);
    CHECK(read.contains("metBody"));
}

TEST_CASE("every code of a fault in the sources is in the closed list") {
    auto code =
        sources::code({"crypto/protocol", "server/intake", "server/inbox", "server/trust", "server/api"});
    // A code stands before its sentence, which is a literal or one of an errc; what stands before the name of
    // a field is where a fault is.
    auto used = all_matches(
        code,
        R"rx("(?!header",)([a-z]+(?:-[a-z]+)*)",\s*(?:"[A-Z`]|sentence\(|std::string\(protocol::text))rx");
    for (const auto& one : all_matches(code, R"rx(\? "([a-z-]+)" : "([a-z-]+)",\s*"[A-Z])rx"))
        used.insert(one);
    std::set<std::string> listed;
    for (const auto& one : openapi().at("components").at("schemas").at("Foutcode").at("enum").as_array())
        listed.insert(one.as_string().c_str());
    for (const auto& one : used) {
        if (protocol::form_of(one)) continue;  // the code of an action
        CAPTURE(one);
        CHECK(listed.contains(one));
    }
    // The search sees each of the forms in which codes stand.
    for (const char* seen :
         {"vereist", "onbekend-lid", "tijdvak", "achtervang", "bijlage", "handtekening", "wrap", "waarde",
          "formaat", "dubbel", "json", "lengte", "onbekende-code", "hash", "stand", "eerste", "klok"}) {
        CAPTURE(seen);
        CHECK(used.contains(seen));
    }
}
