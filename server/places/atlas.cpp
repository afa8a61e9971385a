// Reads the tables in the order of their references: regions, municipalities, places, postcodes.
#include "server/places/atlas.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/documents.hpp"
#include "server/domain_files/table.hpp"

namespace guide {
namespace {

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A code of CBS: two letters, then `digits` digits.
bool is_code(std::string_view text, std::string_view letters, std::size_t digits) {
    return text.size() == letters.size() + digits && text.starts_with(letters) &&
           is_digits(text.substr(letters.size()));
}

template <class Range, class Value, class Projection = std::identity>
bool holds(const Range& range, const Value& value, Projection projection = {}) {
    return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

std::optional<std::uint16_t> number(std::string_view text, std::uint16_t most) {
    std::uint16_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
    return value;
}

// What a column has held so far, and in which line.
class seen {
  public:
    // The line where `key` stood before, if it did.
    std::optional<std::size_t> before(std::string_view key, std::size_t line) {
        const auto [place, fresh] = lines_.emplace(key, line);
        if (fresh) return std::nullopt;
        return place->second;
    }

  private:
    std::map<std::string, std::size_t, std::less<>> lines_;
};

class atlas_reader {
  public:
    atlas_reader(const data_files& files, postcodes needed) : files_(files), needed_(needed) {}

    std::expected<atlas, std::vector<fault>> read() {
        read_regions();
        read_municipalities();
        read_places();
        read_postcodes();
        order_faults();
        // Where a row was left out, its municipality is not to be blamed.
        if (faults_.empty() && needed_ == postcodes::of_all) find_deserted();
        if (!faults_.empty()) return std::unexpected(shortened(faults_));
        return std::move(atlas_);
    }

  private:
    template <std::size_t N>
    std::optional<std::vector<row>> open(std::string_view name,
                                         const std::array<std::string_view, N>& columns) {
        order_faults();
        const auto path = files_ / fmt::format("places/{}", name);
        file_ = path.string();
        return read_table(path, columns, faults_);
    }

    // Those of the file just read, by line: they came in the order of the checks.
    void order_faults() {
        std::ranges::sort(faults_.begin() + ordered_, faults_.end(), {},
                          [](const fault& f) { return std::tie(f.line, f.sentence); });
        ordered_ = std::ssize(faults_);
    }

    void add(const row& at, std::string sentence) {
        faults_.push_back({file_, at.line, std::move(sentence)});
    }

    // A key that must stand once; says so where it does not.
    void once(seen& column, const row& at, std::string_view what, std::string_view key) {
        if (const auto line = column.before(key, at.line)) {
            add(at, fmt::format("{} {} is here a second time, first in line {}", what, key, *line));
        }
    }

    void read_regions() {
        const auto rows =
            open("regios.tsv", std::array<std::string_view, 4>{"code", "naam", "loket", "eenheid"});
        regions_known_ = rows.has_value();
        if (!rows) return;
        seen codes;
        for (const row& r : *rows) {
            const auto &code = r.fields[0], &desk = r.fields[2];
            if (!is_code(code, "VR", 2))
                add(r, fmt::format("{} is not a region code (VR and two digits)", code));
            once(codes, r, "region", code);
            if (r.fields[1].empty() || r.fields[3].empty())
                add(r, "the region or its police unit has no name");
            if (!protocol::is_desk_id(desk))
                add(r,
                    fmt::format("{} is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)", desk));
            desks_.emplace(code, desk);
            atlas_.regios.push_back({code, r.fields[1], desk});
        }
    }

    void read_municipalities() {
        const auto rows = open(
            "gemeenten.tsv",
            std::array<std::string_view, 6>{"code", "naam", "weergave", "aliassen", "regio", "geldig_vanaf"});
        municipalities_known_ = rows.has_value();
        if (!rows) return;
        seen codes, shown;
        for (const row& r : *rows) {
            gemeente g{r.fields[0], r.fields[1], r.fields[2], {}, r.fields[4], {}};
            if (!is_code(g.code, "GM", 4))
                add(r, fmt::format("{} is not a municipality code (GM and four digits)", g.code));
            once(codes, r, "municipality", g.code);
            if (g.naam.empty() || g.weergave.empty())
                add(r, "the municipality has no official name, or none to show");
            once(shown, r, "the name shown,", g.weergave);
            for (const auto alias : split(r.fields[3], '|')) {
                if (alias.empty()) add(r, "between two | there is no alias");
                g.aliassen.emplace_back(alias);
            }
            const auto desk = desks_.find(g.veiligheidsregio);
            if (desk != desks_.end()) g.loket = desk->second;
            if (desk == desks_.end() && regions_known_) {
                add(r, fmt::format("region {} is not in regios.tsv", g.veiligheidsregio));
            }
            if (!protocol::day::parse(r.fields[5]))
                add(r, fmt::format("{} is not a day (YYYY-MM-DD)", r.fields[5]));
            atlas_.gemeenten.push_back(std::move(g));
        }
        std::ranges::sort(atlas_.gemeenten, {}, &gemeente::code);
        for (std::size_t i = 0; i < atlas_.gemeenten.size(); ++i) {
            index_.emplace(atlas_.gemeenten[i].code, static_cast<std::uint16_t>(i));
        }
    }

    std::optional<std::uint16_t> municipality(const row& at, std::string_view code) {
        const auto place = index_.find(code);
        if (place != index_.end()) return place->second;
        if (municipalities_known_) add(at, fmt::format("municipality {} is not in gemeenten.tsv", code));
        return std::nullopt;
    }

    void read_places() {
        const auto rows = open("plaatsen.tsv", std::array<std::string_view, 2>{"plaats", "gemeenten"});
        places_known_ = rows.has_value();
        if (!rows) return;
        seen names;
        for (const row& r : *rows) {
            atlas::plaats p{r.fields[0], {}};
            if (p.naam.empty()) add(r, "the place has no name");
            once(names, r, "place", p.naam);
            if (r.fields[1].empty()) add(r, "the place lies in no municipality");
            for (const auto code : split(r.fields[1], '|')) {
                const auto g = municipality(r, code);
                if (!g) continue;
                if (holds(p.gemeenten, *g)) add(r, fmt::format("{} is twice in this line", code));
                p.gemeenten.push_back(*g);
            }
            known_places_.emplace(p.naam, p.gemeenten);
            atlas_.plaatsen.push_back(std::move(p));
        }
    }

    void read_postcodes() {
        const auto rows = open("postcodes.tsv", std::array<std::string_view, 5>{"pc4", "plaats", "gemeente",
                                                                                "aandeel", "overige"});
        if (!rows) return;
        seen numbers;
        for (const row& r : *rows) {
            const std::string& text = r.fields[0];
            const auto digits = number(text, 9999);
            if (text.size() != 4 || !digits || *digits < 1000) {
                add(r, fmt::format("{} is not a postcode (four digits, 1000 or more)", text));
                continue;
            }
            once(numbers, r, "postcode", text);
            atlas::postcode p{*digits, r.fields[1], {}};
            add_share(r, p, r.fields[2], r.fields[3]);
            if (!p.shares.empty()) check_place(r, p);
            for (const auto other : split(r.fields[4], '|')) {
                const std::size_t colon = std::min(other.find(':'), other.size());
                add_share(r, p, other.substr(0, colon), other.substr(std::min(colon + 1, other.size())));
            }
            atlas_.postcodes.push_back(std::move(p));
        }
        std::ranges::sort(atlas_.postcodes, {}, &atlas::postcode::number);
    }

    void add_share(const row& at, atlas::postcode& to, std::string_view code, std::string_view text) {
        const auto percent = number(text, 100);
        if (!percent) add(at, fmt::format("{} is not a share in whole percent (0 to 100)", text));
        const auto g = municipality(at, code);
        if (!g || !percent) return;
        if (holds(to.shares, *g, &atlas::share::gemeente)) {
            add(at, fmt::format("{} is twice in this line", code));
        }
        to.shares.push_back({*g, static_cast<std::uint8_t>(*percent)});
    }

    // The two files are made from the same source: a place that one of them misses was lost on the way.
    void check_place(const row& at, const atlas::postcode& p) {
        if (p.plaats.empty() || !places_known_) return;
        const auto place = known_places_.find(p.plaats);
        if (place == known_places_.end()) return add(at, fmt::format("{} is not in plaatsen.tsv", p.plaats));
        if (!holds(place->second, p.shares.front().gemeente)) {
            add(at, fmt::format("plaatsen.tsv does not put {} into {}", p.plaats, at.fields[2]));
        }
    }

    // Postcodes were lost on the way: nobody there would be found by the most usual answer.
    void find_deserted() {
        for (const auto index : without_postcode(atlas_)) {
            const auto& one = atlas_.gemeenten[index];
            faults_.push_back(
                {file_, 0,
                 fmt::format("{} {} has no postcode here: make this table again with places-import, or take "
                             "the row of {} out of gemeenten.tsv",
                             one.code, one.weergave, one.code)});
        }
    }

    const data_files& files_;
    const postcodes needed_;
    std::string file_;
    std::vector<fault> faults_;
    std::ptrdiff_t ordered_ = 0;
    atlas atlas_;
    bool regions_known_ = false, municipalities_known_ = false, places_known_ = false;
    std::map<std::string, std::string, std::less<>> desks_;
    std::map<std::string, std::uint16_t, std::less<>> index_;
    std::map<std::string, std::vector<std::uint16_t>, std::less<>> known_places_;
};

}  // namespace

std::expected<atlas, std::vector<fault>> read_atlas(const data_files& schema, postcodes needed) {
    return atlas_reader(schema, needed).read();
}

std::vector<std::uint16_t> without_postcode(const atlas& in) {
    std::set<std::uint16_t> held;
    for (const auto& one : in.postcodes)
        for (const auto& share : one.shares) held.insert(share.gemeente);
    std::vector<std::uint16_t> out;
    for (std::size_t i = 0; i < in.gemeenten.size(); ++i)
        if (const auto index = static_cast<std::uint16_t>(i); !held.contains(index)) out.push_back(index);
    return out;
}

}  // namespace guide
