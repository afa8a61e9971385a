// Where a file of the domain's data lies: a coordinator's own directory may hold another version of any file
// under schema/, which then stands in for the whole file that was shipped.
#pragma once

#include <array>
#include <concepts>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/domain_files/fault.hpp"

namespace guide {

// Every file that the guide, the routing and the places are read from; nothing else under schema/ can be
// replaced.
inline constexpr std::array<std::string_view, 17> read_files{"places/regios.tsv",
                                                             "places/gemeenten.tsv",
                                                             "places/plaatsen.tsv",
                                                             "places/postcodes.tsv",
                                                             "loketten.json",
                                                             "routering.json",
                                                             "bezetting.json",
                                                             "codes.json",
                                                             "wegwijzer/wegwijzer.toml",
                                                             "wegwijzer/organisaties.toml",
                                                             "wegwijzer/recht.toml",
                                                             "wegwijzer/beroepen.toml",
                                                             "wegwijzer/hulp.toml",
                                                             "wegwijzer/signalen.toml",
                                                             "wegwijzer/aangifte.toml",
                                                             "wegwijzer/taken.toml",
                                                             "wegwijzer/oefenen.toml"};

class data_files {
  public:
    // own: empty where there is none. Where there is only what was shipped, its path does.
    data_files(std::filesystem::path shipped, std::filesystem::path own)
        : shipped_(std::move(shipped)), own_(std::move(own)) {}
    template <class Path>
        requires std::convertible_to<Path, std::filesystem::path>
    data_files(Path&& shipped) : shipped_(std::forward<Path>(shipped)) {}  // NOLINT(*-explicit-*)

    // name: relative to schema/, "places/regios.tsv".
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const;

    // The same without the own directory.
    [[nodiscard]] data_files as_shipped() const { return {shipped_, {}}; }

    // Which version of all of them is read: the same bytes under the same names have the same, wherever they
    // lie. 12 hexadecimal digits of a BLAKE2b-256; a file that cannot be read counts as one that is missing.
    [[nodiscard]] std::string version() const;

    // What the own directory holds that stands in for nothing: a name that was mistyped, or a file that the
    // program was built with. A README.md of its own it may have.
    [[nodiscard]] std::vector<fault> strangers() const;

  private:
    std::filesystem::path shipped_, own_;
};

}  // namespace guide
