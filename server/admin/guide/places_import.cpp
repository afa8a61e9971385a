#include "server/admin/guide/places_import.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "base/process/user.hpp"
#include "client/here/files.hpp"
#include "server/admin/guide/places_report.hpp"
#include "server/places/address_count.hpp"
#include "server/places/municipality_names.hpp"
#include "server/places/places_changes.hpp"
#include "server/places/places_import.hpp"

namespace admin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = 1u << 18;
constexpr std::size_t largest_list = 1u << 20;

// Those that are told as lines, and how many there are.
std::unexpected<client::refusal> refused(const std::vector<guide::fault>& faults, std::size_t count) {
    const std::size_t told = std::min(faults.size(), guide::address_count::most_faults);
    std::string all;
    for (const auto& one : std::span(faults).first(told)) all += guide::text(one) + "\n";
    return client::refuse(all + fmt::format("{} fault{}{}; nothing was written.", count,
                                            count == 1 ? "" : "s",
                                            told < count ? ", of which these are the first" : ""));
}

client::result<guide::counted_addresses> counted(const std::string& from) {
    std::error_code error;
    std::ifstream in(from, std::ios::binary);
    const int why = in ? 0 : errno;
    if (!in || fs::is_directory(from, error))
        return client::refuse(
            fmt::format("{} is missing or cannot be read{}; name the file pc6hnr<year>0801_gwb.csv of CBS.",
                        from, process::by_whom(why)));
    guide::address_count count(from);
    std::vector<char> buffer(block);
    do {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        count.feed({buffer.data(), static_cast<std::size_t>(in.gcount())});
    } while (in);
    if (in.bad()) return client::refuse(from + " cannot be read to its end.");
    auto out = count.finish();
    if (count.fault_count() > 0) return refused(count.faults(), count.fault_count());
    if (!out.year) out.year = year_of(fs::path(from).filename().string());
    if (!out.year)
        return client::refuse(
            from +
            " does not say its year, neither in its header (Gemeente<year>) nor in its name; "
            "give it back the name it was published under.");
    return out;
}

client::result<std::map<unsigned, std::string>> names_of(const std::string& file) {
    if (file.empty()) return std::map<unsigned, std::string>();
    auto text = client::read_file(file, largest_list);
    if (!text) return std::unexpected(text.error());
    std::vector<guide::fault> faults;
    auto names = guide::municipality_names(*text, file, faults);
    if (!faults.empty()) return refused(faults, faults.size());
    return names;
}

std::unexpected<client::refusal> refused(const std::vector<guide::unknown_municipality>& unknown,
                                         const std::map<unsigned, std::string>& names,
                                         const places_import_options& options) {
    std::vector<guide::fault> faults;
    for (const auto& one : unknown) {
        const auto name = names.find(one.number);
        faults.push_back(
            {options.from, one.first_line,
             fmt::format("municipality {}{} is not in gemeenten.tsv; here it has {} address{} in {} "
                         "postcode{}, {} the first",
                         guide::municipality_code(one.number),
                         name == names.end() ? std::string() : " (" + name->second + ")", one.addresses,
                         one.addresses == 1 ? "" : "es", one.postcodes, one.postcodes == 1 ? "" : "s",
                         one.first_postcode)});
    }
    auto out = refused(faults, faults.size());
    auto refusal = std::move(out).error();
    const std::string own = options.to + "/places/gemeenten.tsv",
                      shipped = options.schema + "/places/gemeenten.tsv";
    std::error_code error;
    refusal.sentence += fmt::format(
        " First {} a row for each, and the names of those that went up in it as aliases{}.",
        fs::exists(own, error) ? "give " + own : fmt::format("copy {} to {} and give that", shipped, own),
        names.empty() ? "; --municipalities FILE tells their names" : "");
    return std::unexpected(std::move(refusal));
}

// More than this are not taken away in a year: the file is cut off, or of one region.
constexpr std::size_t most_lost_percent = 5;

std::string named(const std::vector<const guide::gemeente*>& all) {
    constexpr std::size_t most = 12;
    std::string out;
    for (const auto* one : std::span(all).first(std::min(all.size(), most)))
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", one->code, one->weergave);
    return all.size() > most ? out + fmt::format(" and {} more", all.size() - most) : out;
}

// Municipalities that lost every postcode they had, and none of these to another one.
std::vector<const guide::gemeente*> lost(const guide::atlas& old, const guide::atlas& made,
                                         const guide::places_changes& changes) {
    std::set<std::uint16_t> had, merged;
    for (const auto& one : old.postcodes)
        for (const auto& share : one.shares) {
            had.insert(share.gemeente);
            if (std::ranges::binary_search(made.postcodes, one.number, {}, &guide::atlas::postcode::number))
                merged.insert(share.gemeente);
        }
    std::vector<const guide::gemeente*> out;
    for (const auto index : changes.deserted)
        if (had.contains(index) && !merged.contains(index)) out.push_back(&made.gemeenten[index]);
    return out;
}

client::result<void> look_at_loss(const guide::atlas& old, const guide::atlas& made,
                                  const guide::places_changes& changes) {
    std::string why;
    if (changes.gone.size() * 100 > old.postcodes.size() * most_lost_percent)
        why += fmt::format("{} of {} postcodes would go, more than {} %. ", changes.gone.size(),
                           old.postcodes.size(), most_lost_percent);
    if (const auto all = lost(old, made, changes); !all.empty())
        why += fmt::format("The file has no address in {}. ", named(all));
    if (why.empty()) return {};
    return client::refuse(
        why +
        "Is the file whole? Unpack it again; where all of this is meant, say --accept-loss. "
        "Nothing was written.");
}

client::result<void> put(const guide::atlas& made, const std::string& source, const std::string& to) {
    const auto places = fs::path(to) / "places";
    std::error_code error;
    fs::create_directories(places, error);
    if (error) return client::refuse(fmt::format("{} cannot be made: {}.", places.string(), error.message()));
    // Public facts, which the server's own user must be able to read.
    const std::array<client::text_file, 2> files{{
        {(places / "plaatsen.tsv").string(), guide::places_table(made, source)},
        {(places / "postcodes.tsv").string(), guide::postcodes_table(made, source)},
    }};
    return client::replace_files(files, 0644);
}

}  // namespace

client::result<void> places_import(const places_import_options& options, std::ostream& out) {
    std::error_code error;
    const bool own = fs::is_directory(options.to, error);
    auto old = guide::read_atlas(guide::data_files(options.schema, own ? fs::path(options.to) : fs::path()),
                                 guide::postcodes::of_some);
    if (!old) return refused(old.error(), old.error().size());
    auto names = names_of(options.municipalities);
    if (!names) return std::unexpected(names.error());
    auto count = counted(options.from);
    if (!count) return std::unexpected(count.error());
    auto made = guide::imported(*old, *count);
    if (!made) return refused(made.error(), *names, options);
    if (made->plaatsen.empty())
        return client::refuse(
            options.from +
            " has no postcode that lies in a known place, so the tables made of it would not load; "
            "is it whole?");
    const auto source = fmt::format("{} ({})", *count->year, fs::path(options.from).filename().string());
    out << fmt::format("{}: {} addresses in {} postcodes and {} municipalities\n", source, count->addresses,
                       count->postcodes.size(), count->first_line.size());
    const auto changes = guide::compare(*old, *made);
    write(changes, *made, out);
    if (!options.accept_loss)
        if (auto kept = look_at_loss(*old, *made, changes); !kept) return kept;
    if (!changes.deserted.empty())
        out << "take the rows of municipalities without any postcode out of gemeenten.tsv, before a server "
               "reads these tables: it refuses them\n";
    if (options.dry_run) {
        out << "nothing was written (--dry-run)\n";
        return {};
    }
    // Whoever could not read what changes did not want it changed.
    if (!out.flush()) return client::refuse("Standard output is closed or full; nothing was written.");
    if (auto done = put(*made, source, options.to); !done) return done;
    out << fmt::format("written: {0}/places/postcodes.tsv and {0}/places/plaatsen.tsv\n", options.to);
    return {};
}

}  // namespace admin
