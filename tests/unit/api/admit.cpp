// What is refused before a body is read.
#include <latch>
#include <thread>

#include "tests/unit/api/service.hpp"

using http::method;
using service::head;

TEST_CASE("admit: unknown addresses, other methods, other media types") {
    service::server at;
    auto status = [&](method m, std::string target, std::vector<http::field> fields = {}) {
        auto answer = at.endpoints->admit(head(m, std::move(target), std::move(fields)));
        return answer ? 0 : answer.error().status;
    };
    CHECK(status(method::get, "/v1/sleutelgids") == 0);
    CHECK(status(method::head, "/v1/sleutelgids") == 0);
    for (const char* path : {"/v1/", "/v1", "/v1/sleutelgids/", "/v1/Sleutelgids", "/v2/sleutelgids",
                             "/v1/loketten/rotterdam", "/v1/loketten//meldingen", "/v1/sleutelgids/1/2"}) {
        CAPTURE(path);
        CHECK(status(method::get, path) == 404);
    }
    CHECK(status(method::del, "/v1/meldingen") == 405);
    CHECK(status(method::get, "/v1/meldingen") == 405);
    auto other = at.endpoints->admit(head(method::patch, "/v1/sleutelgids"));
    REQUIRE_FALSE(other.has_value());
    auto allow = service::field(other.error(), "Allow");
    for (const char* one : {"GET", "POST"}) CHECK(allow.find(one) != std::string::npos);
    auto options = at.endpoints->admit(head(method::options, "/v1/routering"));
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().status == 204);

    CHECK(status(method::post, "/v1/meldingen") == 415);
    for (const char* type : {"text/plain", "application/jsonx", "application/json-patch+json", "application/",
                             "", ";", "multipart/form-data"})
        CHECK(status(method::post, "/v1/meldingen", {{"content-type", type}}) == 415);
    CHECK(status(method::post, "/v1/meldingen",
                 {{"content-type", "application/json"}, {"content-type", "application/json"}}) == 415);
    for (const char* type : {"application/json", "Application/JSON", "application/json;charset=utf-8",
                             "application/json ; charset=UTF-8"}) {
        CAPTURE(type);
        CHECK(at.endpoints->admit(head(method::post, "/v1/meldingen", {{"content-type", type}})).value() ==
              512 * 1024);
    }
    CHECK(at.endpoints->admit(head(method::get, "/v1/routering")).value() == 0);
}

TEST_CASE("admit: a full journal answers 503 with Retry-After before the body; reading goes on") {
    service::server at;
    at.store = nullptr;
    auto small = samples::open(at.dir / "small.db", {.jobs = 1, .bytes = 1 << 20});
    trust::registry registry(*small, {at.root.public_key}, at.clock);
    trust::gatekeeper gate(registry, *small, at.clock);
    api::endpoints endpoints({*small,
                              registry,
                              gate,
                              service::gemeenten(),
                              service::codes(),
                              service::handbook(),
                              at.clock,
                              at.load,
                              at.volume,
                              service::staffing(),
                              {}});
    auto post = head(method::post, "/v1/meldingen", {{"content-type", "text/plain"}});
    std::latch inside(1), release(1);
    std::jthread held([&] {
        (void)world::run_now(small->append({"gate", [&](const store::head&) {
                                                inside.count_down();
                                                release.wait();
                                                return std::string("x");
                                            }}));
    });
    inside.wait();
    std::jthread queued([&] { (void)world::run_now(small->append(samples::line("rotterdam"))); });
    while (!small->full()) std::this_thread::yield();
    auto refused = endpoints.admit(post);
    bool reads = endpoints.admit(head(method::get, "/v1/routering")).has_value();
    release.count_down();
    held.join();
    queued.join();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().status == 503);
    CHECK(service::field(refused.error(), "Retry-After") == "5");
    CHECK(reads);
    CHECK(endpoints.admit(post).error().status == 415);
}
