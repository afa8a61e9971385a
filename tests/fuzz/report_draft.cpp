// Any text as what a reporter wrote: it is refused with faults that do not repeat it, or it becomes a report
// that is read back as the same and can be routed.
#include <algorithm>
#include <cstdlib>

#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/report.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;

void judge(const routed_facts& facts) {
    must(!facts.vormen.empty());
    for (const auto& form : facts.vormen) must(codes::among(codes::vorm, form));
    must(facts.rol == "burger" || facts.rol == "slachtoffer" || facts.rol == "professional");
    must(codes::among(codes::minderjarig, facts.minderjarig) && codes::among(codes::politie, facts.politie));
    must(facts.plek.empty() || codes::among(codes::plek, facts.plek));
    must(facts.gemeente.empty() || facts.gemeente.size() == 6);
}

void take(std::string_view text) {
    auto made = report::draft(text);
    if (!made) {
        must(!made.error().empty());
        for (const auto& fault : made.error()) must(!fault.code.empty() && !fault.detail.empty());
        // One fault is said once.
        auto said = made.error();
        for (std::size_t i = 0; i < said.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                must(said[i].location != said[j].location || said[i].code != said[j].code ||
                     said[i].code == "onbekende-code" || said[i].code == "dubbel" ||
                     said[i].location.ends_with("/"));
        return;
    }
    judge(made->facts());
    static const auto id = crypto::uuid::random();
    const auto sealed = made->complete(id, {{{"zorg", "eerste"}}, true}, {3, "h"}, std::nullopt);
    const auto read = report::read(sealed);
    must(read && read->id() == id && read->spoed() && read->gids() == directory_mark{3, "h"} &&
         !read->postbus());
    must(read->members() == made->members() && read->facts().vormen == made->facts().vormen);
    judge(read->facts());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    take(text);
    take(R"({"rol":"burger","vormen":["arbeid"],"minderjarig":"nee","wat":"x",)" + std::string(text) + "}");
    // The same bytes as something a desk opened.
    if (const auto read = report::read(crypto::plain::copy_of(text))) {
        (void)read->facts();
        (void)read->ontvangers();
        (void)read->gids();
        (void)read->postbus();
    }
    return 0;
}
