// Any bytes as one of the nine files of the guide, over the others, which are small and right: they are
// refused with a file, a line that is in it and a sentence, or a guide comes out that leaves nobody alone:
// whoever asks gets a number that is answered day and night and a place to report, and who is in danger gets
// 112 first. The first byte says which file.
#include "server/guide/handbook.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/text/utf8.hpp"
#include "server/guide/totality.hpp"
#include "tests/checkout.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/client/scratch.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> names{"organisaties", "recht",    "wegwijzer", "beroepen", "hulp",
                                                "signalen",     "aangifte", "taken",     "oefenen"};
#define SAY "{nl = \"x\", en = \"x\"}\n"
#define SOURCE "bron = \"x\"\ngeverifieerd = 2026-11-01\n"
constexpr std::array<std::string_view, 9> right{
    "[[organisatie]]\nid = \"noodnummer\"\nnaam = \"112\"\ntelefoon = \"112\"\naltijd = true\nwat "
    "= " SAY SOURCE
    "[[organisatie]]\nid = \"veilig-thuis\"\nnaam = \"V\"\ntelefoon = \"0800-2000\"\naltijd = true\nwat "
    "= " SAY SOURCE "[[organisatie]]\nid = \"csg\"\nnaam = \"C\"\nurl = \"https://x.nl\"\nwat = " SAY SOURCE,
    "[[zin]]\nid = \"bedenktijd\"\ntekst = " SAY SOURCE,
    "[[stap]]\nid = \"bel-112\"\norganisatie = \"noodnummer\"\nwaarom = " SAY
    "[[stap]]\nid = \"doe-melding\"\nloket = true\nwaarom = " SAY
    "[[stap]]\nid = \"vt\"\norganisatie = \"veilig-thuis\"\nwaarom = " SAY
    "[[regel]]\nnaam = \"Altijd\"\nurgentie = 1\nstappen = [\"bel-112\", \"doe-melding\", \"vt\"]\n",
    "[[beroep]]\nrol = \"burger\"\n[[beroep]]\nrol = \"slachtoffer\"\n[[beroep]]\nrol = \"zorg\"\n"
    "[[beroep]]\nrol = \"onderwijs\"\n[[beroep]]\nrol = \"gemeente\"\n[[beroep]]\nrol = \"inspectie\"\n"
    "[[beroep]]\nrol = \"politie\"\n[[beroep]]\nrol = \"horeca\"\n[[beroep]]\nrol = \"jeugd\"\n"
    "[[beroep]]\nrol = \"anders\"\n",
    "[[hulp]]\nid = \"a\"\norganisatie = \"csg\"\neigenaar = \"VR13\"\nwat = " SAY,
    "[[plek]]\ncode = \"hotel\"\nnaam = " SAY "[[signaal]]\nid = \"a\"\ntekst = " SAY SOURCE,
    "[[deel]]\nid = \"a\"\ntitel = " SAY "[[deel.zin]]\ntekst = " SAY SOURCE,
    "[[taak]]\nid = \"a\"\ntekst = " SAY SOURCE "[[overlap]]\nid = \"a\"\nnaam = " SAY,
    "[[geval]]\nid = \"a\"\nplek = \"hotel\"\nvorm = \"arbeid\"\nantwoord = \"melden\"\nverhaal = " SAY
    "uitleg = " SAY};

const protocol::day today = *protocol::day::parse("2026-11-22");

const guide::gemeenten& gemeenten() {
    static const auto read = guide::gemeenten::load(checkout::schema);
    must(read.has_value());
    return *read;
}

// The small files, and the own directory with the one that stands in.
struct directories : scratch {
    directories() {
        fs::create_directories(path + "/shipped/wegwijzer");
        fs::create_directories(path + "/own/wegwijzer");
        for (std::size_t i = 0; i < names.size(); ++i) write(file("shipped", i), std::string(right[i]));
        must(guide::handbook::load(*this / "shipped", gemeenten(), today).has_value());
    }
    static std::string file(const std::string& where, std::size_t i) {
        return where + "/wegwijzer/" + std::string(names[i]) + ".toml";
    }
    std::string put(std::size_t i, std::string_view text) const {
        if (i != last_) fs::remove(*this / file("own", last_));
        last_ = i;
        return write(file("own", i), std::string(text));
    }

  private:
    mutable std::size_t last_ = 0;
};

bool is_line(std::string_view text) {
    return base::is_utf8(text) && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

// Another file may be blamed for what this one lacks; its lines are its own.
void told(const std::vector<guide::fault>& faults, const std::string& file, std::string_view text) {
    must(!faults.empty());
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    for (const auto& fault : faults) {
        must(!fault.file.empty() && !fault.sentence.empty() && is_line(guide::text(fault)));
        must(fault.file != file || fault.line <= lines);
    }
}

void judge(const guide::handbook& handbook, protocol::day on) {
    const auto answers = [&](const guide::step* one) {
        return one->wie && one->wie->altijd && !one->wie->telefoon.empty() && one->wie->reachable(on);
    };
    guide::for_every_situation(handbook.wegwijzer, gemeenten(), [&](const guide::situation& of) {
        const auto steps = handbook.wegwijzer.steps_for(of, on);
        must(std::ranges::any_of(steps, answers) && std::ranges::any_of(steps, &guide::step::loket));
        must(of.acuut || of.rol != "slachtoffer" || std::ranges::any_of(steps, [&](const auto* one) {
                 return answers(one) && one->wie->telefoon != "112";
             }));
        must(!of.acuut || (steps.front()->wie && steps.front()->wie->telefoon == "112"));
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const directories at;
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto file = at.put(data[0] % names.size(), text);
    const auto read = guide::handbook::load({at / "shipped", at / "own"}, gemeenten(), today, true);
    if (!read) {
        told(read.error(), file, text);
        return 0;
    }
    // Today, and when nobody verified anything for years.
    judge(**read, today);
    judge(**read, today + 1500);
    return 0;
}
