// Any bytes as the four tables under schema/places: all of them are refused with a line and a sentence, or a
// country comes out in which everything that stands there is found. What NUL splits are the files; those left
// out are small and right.
#include <algorithm>
#include <array>
#include <filesystem>

#include "base/text/utf8.hpp"
#include "crypto/protocol/documents.hpp"
#include "server/domain_files/table.hpp"
#include "server/places/gemeenten.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/client/scratch.hpp"

namespace {

constexpr std::array<std::string_view, 4> names = {"regios", "gemeenten", "plaatsen", "postcodes"};
constexpr std::array<std::string_view, 4> right = {
    "code\tnaam\tloket\teenheid\nVR01\tNoord\tnoord\tNoord\n",
    "code\tnaam\tweergave\taliassen\tregio\tgeldig_vanaf\n"
    "GM0001\tEen\tEen\tUno|'s-Eén\tVR01\t2023-01-01\nGM0002\tTwee\tTwee\t-\tVR01\t2023-01-01\n",
    "plaats\tgemeenten\nEindeloo\tGM0001|GM0002\n",
    "pc4\tplaats\tgemeente\taandeel\toverige\n1234\tEindeloo\tGM0001\t60\tGM0002:40\n1235\t-\tGM0002\t100\t-"
    "\n"};

struct country : scratch {
    country() { std::filesystem::create_directory(path + "/places"); }
    std::string put(std::size_t file, std::string_view text) const {
        return write("places/" + std::string(names[file]) + ".tsv", std::string(text));
    }
};

bool is_line(std::string_view text) {
    return base::is_utf8(text) && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

void told(const std::vector<guide::fault>& faults) {
    must(!faults.empty());
    for (const auto& fault : faults) must(!fault.sentence.empty() && is_line(guide::text(fault)));
}

// A table of two columns: what was read is written and read again as the same.
void take_table(const country& at, std::string_view text) {
    constexpr std::array<std::string_view, 2> columns = {"plaats", "gemeenten"};
    std::vector<guide::fault> faults;
    const auto rows = guide::read_table(at.put(2, text), columns, faults);
    if (!rows) return told(faults);
    must(!rows->empty());
    std::string again = "plaats\tgemeenten\n";
    for (const auto& [line, fields] : *rows) {
        must(line > 1 && fields.size() == 2 && is_line(fields[0]) && is_line(fields[1]));
        for (const auto& field : fields)
            again += (field.empty() ? "-" : field) + (&field == &fields[0] ? "\t" : "\n");
    }
    faults.clear();
    const auto same = guide::read_table(at.put(2, again), columns, faults);
    must(same && faults.empty());
    must(std::ranges::equal(*rows, *same, {}, &guide::row::fields, &guide::row::fields));
}

void judge(const guide::gemeenten& country) {
    for (const auto& one : country.all()) {
        must(country.find(one.code) == &one && protocol::is_desk_id(one.loket));
        const auto found = country.search(one.weergave, country.all().size());
        // A name of signs alone is none that anybody could type.
        const auto typed = std::ranges::any_of(one.weergave, [](char c) { return c >= 'a' && c <= 'z'; });
        const auto itself = std::ranges::find(found, &one, &guide::gemeenten::match::gemeente);
        must(!typed || (itself != found.end() && itself->exact));
    }
    for (int number = 1230; number < 1240; ++number) {
        const auto touched = country.by_postcode(std::to_string(number));
        must(touched.has_value());
        for (const auto& candidate : *touched)
            must(candidate.percent <= 100 && candidate.gemeente != nullptr);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const country at;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    take_table(at, rest);
    for (std::size_t file = 0; file < names.size(); ++file) {
        const auto end = std::min(rest.find('\0'), rest.size());
        at.put(file, end == 0 ? right[file] : rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const auto read = guide::gemeenten::load(at.path);
    if (read)
        judge(*read);
    else
        told(read.error());
    return 0;
}
