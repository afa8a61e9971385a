// Any bytes as bakend.toml: a configuration within its bounds, whose addresses and paths the system reads as
// they were read here, or sentences; never an exception.
#include "server/config/config.hpp"

#include <arpa/inet.h>

#include "crypto/encoding.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/client/scratch.hpp"

namespace {

// One installation for the whole run: a root key, and the file that each input is written into.
struct installation : scratch {
    installation() { write("root.pub", crypto::b64u(crypto::sign_public{1})); }
};

bool is_whole(std::string_view text) { return text.find('\0') == text.npos; }

void judge(const config::address& at) {
    unsigned char numeric[16];
    const bool six = at.host.find(':') != std::string::npos;
    must(is_whole(at.host) && ::inet_pton(six ? AF_INET6 : AF_INET, at.host.c_str(), numeric) == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const installation at;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = config::read(at.write("bakend.toml", text));
    if (!read) {
        must(!read.error().empty());
        for (const auto& sentence : read.error()) must(!sentence.empty());
        return 0;
    }
    must(!read->roots.empty() && read->roots.size() <= 2);
    must(!read->listen.empty() && !read->names.empty());
    for (const auto& one : read->listen) judge(one);
    for (const auto& path : {read->data, read->certificate, read->certificate_key, read->schema})
        must(path.is_absolute() && is_whole(path.native()));
    for (const auto& name : read->names) must(is_whole(name));
    must(read->threads <= 64 && read->connections >= 1 && read->connections <= 1000000);
    return 0;
}
