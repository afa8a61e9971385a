// bench_prepare: requests, each of which can be sent once, written after one another with their lengths.
//
//   --kind sealed  --profile FILE [--mailbox yes]    reports as `baken report submit` posts them
//   --kind form    --form FILE                       the form's last step; nummer and zaad are put behind it
//   --kind signed  --profile FILE --target T         an officer's GET; signed anew each
//   always: --authority HOST:PORT --count N --out FILE
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/profile.hpp"
#include "client/line/signing.hpp"
#include "crypto/encoding.hpp"
#include "crypto/plain.hpp"
#include "tests/bench/arguments.hpp"
#include "tests/bench/world.hpp"

namespace {

using maker = std::function<std::string()>;

std::string post(std::string_view path, std::string_view authority, std::string_view type,
                 std::string_view body) {
    return fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                       path, authority, type, body.size(), body);
}

template <class T>
T got(client::result<T> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "bench_prepare: {}\n", result.error().sentence);
    std::exit(1);
}

// A maker for one thread.
std::function<maker()> sealed_requests(const bench::arguments& given) {
    auto world = std::make_shared<bench::world>(bench::world::fetch(given.text("--profile")));
    const bool mailbox = given.text("--mailbox", "no") == "yes";
    return [world, mailbox, authority = given.text("--authority")] {
        auto report = std::make_shared<protocol::report>(bench::typical_report());
        return [=] {
            const auto body = protocol::write_posted_report(world->seal(*report, mailbox));
            return post("/v1/meldingen", authority, "application/json", body);
        };
    };
}

std::function<maker()> forms(const bench::arguments& given) {
    auto fixed = got(client::read_file(given.text("--form")));
    return [fixed, authority = given.text("--authority")] {
        return [=] {
            const auto body = fmt::format("{}&nummer={}&zaad={}", fixed, crypto::uuid::random().text(),
                                          crypto::b64u(crypto::plain::random(32).view()));
            return post("/nl/melden", authority, "application/x-www-form-urlencoded", body);
        };
    };
}

std::function<maker()> signed_requests(const bench::arguments& given) {
    const auto profile = got(client::load_profile(given.text("--profile")));
    auto keys = std::make_shared<protocol::key_file>(
        got(client::open_key_file(got(client::key_of(profile)), profile.passphrase_file)));
    const auto server = client::address::parse(profile.server);
    return [keys, server, target = given.text("--target"), authority = given.text("--authority")] {
        return [=] {
            client::request request;
            request.target = target;
            const client::signer officer{"lid:" + keys->lid.text(), &*keys->sign_keys};
            const auto made =
                client::signed_request(*server, request, officer, protocol::system_clock().now());
            std::string out = fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n", target, authority);
            for (const auto& [name, value] : made.fields) out += fmt::format("{}: {}\r\n", name, value);
            return out + "\r\n";
        };
    };
}

std::string frames(const maker& make, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        const auto one = make();
        const auto size = static_cast<std::uint32_t>(one.size());
        out.append(reinterpret_cast<const char*>(&size), sizeof size);
        out += one;
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    crypto::start();
    const bench::arguments given(argc, argv);
    const auto& kind = given.text("--kind");
    const auto makers = kind == "sealed" ? sealed_requests(given)
                        : kind == "form" ? forms(given)
                                         : signed_requests(given);
    constexpr std::size_t threads = 2;
    std::vector<std::string> parts(threads);
    {
        std::vector<std::jthread> running;
        const auto each = (given.number("--count") + threads - 1) / threads;
        for (auto& part : parts)
            running.emplace_back([&part, make = makers(), each] { part = frames(make, each); });
    }
    auto* out = std::fopen(given.text("--out").c_str(), "wb");
    bool whole = out != nullptr;
    for (const auto& part : parts)
        whole = whole && std::fwrite(part.data(), 1, part.size(), out) == part.size();
    if (!whole || std::fclose(out) != 0) {
        fmt::print(stderr, "bench_prepare: {} could not be written\n", given.text("--out"));
        return 1;
    }
    return 0;
}
