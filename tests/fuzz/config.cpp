// Any bytes as bakend.toml: a configuration within its bounds, or sentences; never an exception.
#include "server/config/config.hpp"

#include <cstdlib>

#include "crypto/encoding.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/client/scratch.hpp"

namespace {

// One installation for the whole run: a root key, and the file that each input is written into.
struct installation : scratch {
    installation() { write("root.pub", crypto::b64u(crypto::sign_public{1})); }
};

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
    must(read->threads <= 64 && read->connections >= 1 && read->connections <= 1000000);
    return 0;
}
