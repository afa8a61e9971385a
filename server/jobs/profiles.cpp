#include "server/jobs/profiles.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "base/settings/toml.hpp"

namespace jobs {
namespace {

constexpr int most_days = 3650;

class reader {
  public:
    std::vector<std::string> faults;

    void fault(const toml::node& node, const std::string& sentence) {
        faults.push_back(fmt::format("line {}: {}", node.source().begin.line, sentence));
    }

    std::string text(const toml::table& from, std::string_view name) {
        const auto* node = from.get(name);
        auto out = node ? node->value<std::string>() : std::nullopt;
        if (out && !out->empty() && out->size() <= 200) return *out;
        fault(node ? *node : from, fmt::format("'{}' must be a text of 1 to 200 bytes", name));
        return {};
    }
    protocol::day date(const toml::table& from, std::string_view name) {
        const auto* node = from.get(name);
        const auto value = node ? node->value<toml::date>() : std::nullopt;
        const auto out = value ? protocol::day::parse(
                                     fmt::format("{:04}-{:02}-{:02}", value->year, value->month, value->day))
                               : std::nullopt;
        if (out) return *out;
        fault(node ? *node : from, fmt::format("'{}' must be a date: 2026-11-22, without quotes", name));
        return {};
    }
    int days(const toml::table& from, std::string_view name) {
        const auto* node = from.get(name);
        const auto value = node && node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
        if (value && 1 <= *value && *value <= most_days) return static_cast<int>(*value);
        fault(node ? *node : from,
              fmt::format("'{}' must be a number of days from 1 to {}", name, most_days));
        return 0;
    }
    std::vector<std::string> desks(const toml::table& from) {
        const auto* node = from.get("desks");
        if (!node) return {};
        std::vector<std::string> out;
        if (const auto* list = node->as_array()) {
            for (const auto& one : *list) {
                auto id = one.value<std::string>();
                if (id && named_.insert(*id).second)
                    out.push_back(*id);
                else
                    fault(one, "'desks' is a list of desks' ids, none of them twice in the file");
            }
        }
        if (out.empty()) fault(*node, "'desks' must name desks; leave it away for all others");
        return out;
    }
    void unknown_keys(const toml::table& from, std::initializer_list<std::string_view> known) {
        for (const auto& [name, node] : from)
            if (std::find(known.begin(), known.end(), name.str()) == known.end())
                fault(node, fmt::format("there is no key '{}'", name.str()));
    }

  private:
    std::set<std::string> named_;
};

profile read_one(reader& r, const toml::table& from) {
    r.unknown_keys(from,
                   {"desks", "category", "approved-by", "approved-on", "closed", "handed-over", "withdrawn"});
    profile out;
    out.desks = r.desks(from);
    out.category = r.text(from, "category");
    out.approved_by = r.text(from, "approved-by");
    out.approved_on = r.date(from, "approved-on");
    out.closed = r.days(from, "closed");
    out.handed_over = r.days(from, "handed-over");
    out.withdrawn = r.days(from, "withdrawn");
    return out;
}

}  // namespace

int profile::days(std::string_view status) const {
    if (status == "afgesloten") return closed;
    if (status == "overgedragen") return handed_over;
    return status == "ingetrokken" ? withdrawn : 0;
}

std::expected<std::vector<profile>, std::vector<std::string>> read_profiles(
    const std::filesystem::path& file) {
    std::ifstream in(file);
    const int why = errno;
    std::error_code ignored;
    const bool directory = std::filesystem::is_directory(file, ignored);
    if (!in.is_open() || directory)
        return std::unexpected(std::vector<std::string>{
            fmt::format("it cannot be read: {}", std::strerror(directory ? EISDIR : why))});
    std::ostringstream all;
    all << in.rdbuf();
    auto parsed = settings::parse_toml(all.str());
    if (!parsed)
        return std::unexpected(std::vector<std::string>{
            fmt::format("line {}: {}", parsed.error().line, parsed.error().sentence)});
    reader r;
    r.unknown_keys(*parsed, {"profile"});
    std::vector<profile> out;
    const auto* list = parsed->get_as<toml::array>("profile");
    if (list)
        for (const auto& one : *list)
            if (const auto* table = one.as_table()) out.push_back(read_one(r, *table));
    if (out.empty()) r.faults.emplace_back("it names no [[profile]]");
    if (std::count_if(out.begin(), out.end(), [](const profile& p) { return p.desks.empty(); }) > 1)
        r.faults.emplace_back("only one profile can be that of all other desks: give the rest 'desks'");
    if (!r.faults.empty()) return std::unexpected(std::move(r.faults));
    return out;
}

const profile* governing(std::span<const profile> profiles, std::string_view desk) {
    const profile* others = nullptr;
    for (const auto& one : profiles) {
        if (one.desks.empty()) others = &one;
        if (std::find(one.desks.begin(), one.desks.end(), desk) != one.desks.end()) return &one;
    }
    return others;
}

}  // namespace jobs
