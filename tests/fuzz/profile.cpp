// Any text as the profile of a program, and any as the address of a server: refused with one sentence, or
// read into values that every later step takes; an address has one spelling, which the server's guard takes
// too.
#include "client/here/profile.hpp"

#include <filesystem>

#include "server/http/grammar.hpp"
#include "tests/fuzz/target.hpp"

namespace {

void take_address(std::string_view text) {
    const auto read = client::address::parse(text);
    if (!read) return must(read.error() == client::errc::bad_address);
    const auto& origin = read->origin();
    const auto& authority = read->authority();
    const bool tls = origin.starts_with("https://");
    must(origin == (tls ? "https://" : "http://") + authority);
    must(tls || authority.find(".onion") != authority.npos);
    must(authority.find_first_of("@/?#\\%, \t\r\n") == authority.npos && authority == http::lower(authority));
    const auto again = client::address::parse(origin + "/");
    must(again && again->origin() == origin && again->authority() == authority);
    // What a request is signed over here is what the server reads there.
    if (tls) must(http::authority(authority) == authority);
}

void is_path(const std::string& path) { must(path.empty() || std::filesystem::path(path).is_absolute()); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    take_address(text);
    take_address("https://" + std::string(text));
    const auto read = client::read_profile(text, "/home/somebody", "baken.toml");
    if (!read) {
        must(read.error().sentence.starts_with("baken.toml") && read.error().exit == client::failed);
        return 0;
    }
    must(read->root.size() <= 2 && read->least_version >= 0);
    for (const auto& path : read->root) is_path(path);
    for (const auto* path : {&read->cacert, &read->key, &read->passphrase_file, &read->state}) is_path(*path);
    if (const auto server = client::server_of(*read)) take_address(server->origin());
    (void)client::loket_of(*read);
    const auto same = client::overlaid(*read, {});
    must(same.server == read->server && same.root == read->root && same.key == read->key);
    must(client::overlaid({}, *read).state == read->state);
    (void)client::read_root(text, "root.pub");
    return 0;
}
