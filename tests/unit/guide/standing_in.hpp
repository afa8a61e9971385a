// A coordinator's own directory over the schema as shipped: files of schema/wegwijzer/ that stand in, with
// one thing changed, and the faults that come of it. Lines are told from the place of the change, because
// people edit the shipped files and no test should have to be edited with them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/checkout.hpp"
#include "tests/unit/client/scratch.hpp"
#include "tests/unit/guide/held.hpp"
#include "tests/unit/guide/shipped_file.hpp"

namespace standing_in {

inline const protocol::day today = *protocol::day::parse("2026-11-22");

inline std::string original(const std::string& file) { return ::shipped::file("wegwijzer/" + file); }

// What comes of loading with this own directory; an empty list where it loads.
inline std::vector<guide::fault> faults(const guide::data_files& files) {
    const auto read = guide::handbook::load(files, *::shipped::gemeenten().get(), today, true);
    if (read) return {};
    REQUIRE_FALSE(read.error().empty());
    return read.error();
}

class directory : public scratch {
  public:
    directory() { std::filesystem::create_directory(path + "/wegwijzer"); }
    void put(const std::string& file, const std::string& text) const { write("wegwijzer/" + file, text); }
    [[nodiscard]] std::vector<guide::fault> faults() const {
        return standing_in::faults(guide::data_files(checkout::schema, path));
    }
};

// "recht.toml:7: sentence", without the way to the file.
inline std::string shown(guide::fault one) {
    one.file = std::filesystem::path(one.file).filename().string();
    return text(one);
}

inline std::vector<std::string> shown(const std::vector<guide::fault>& faults) {
    std::vector<std::string> out;
    for (const auto& one : faults) out.push_back(shown(one));
    return out;
}

// A fault that is expected: so many lines from where the change begins; or of the file as a whole.
struct expected {
    static constexpr int whole = -1000;
    int below = 0;
    std::string says = {};
    std::string file = {};  // empty: the one that was changed
};

struct change {
    std::string name, file, what, by;
    std::vector<expected> faults;
};

// The file with the first `what` in it replaced; the line where that stood.
inline std::pair<std::string, int> changed(const change& one) {
    const auto [text, at] = ::shipped::changed_file("wegwijzer/" + one.file, one.what, one.by);
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return {text, static_cast<int>(line)};
}

inline void refuses(const change& one) {
    INFO(one.name << ": " << one.file << ": " << one.what << " → " << one.by);
    const directory own;
    const auto [text, line] = changed(one);
    own.put(one.file, text);
    const auto told = shown(own.faults());
    CAPTURE(told);
    REQUIRE(told.size() == one.faults.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        const auto& of = one.faults[i];
        const auto& file = of.file.empty() ? one.file : of.file;
        CHECK_THAT(told[i], Catch::StartsWith(of.below == expected::whole
                                                  ? file + ": "
                                                  : fmt::format("{}:{}: ", file, line + of.below)));
        CHECK_THAT(told[i], Catch::Contains(of.says));
    }
}

}  // namespace standing_in
