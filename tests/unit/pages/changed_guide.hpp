// The guide as shipped with one thing changed, for a server to be given while it answers.
#pragma once

#include "tests/checkout.hpp"
#include "tests/unit/guide/shipped_file.hpp"
#include "tests/unit/pages/site.hpp"

namespace site {

// file: "hulp" of schema/wegwijzer/hulp.toml; the first `from` in it becomes `to`.
inline std::shared_ptr<const guide::handbook> guide_with(const std::string& file, const std::string& from,
                                                         const std::string& to) {
    const auto name = "wegwijzer/" + file + ".toml";
    const scratch own;
    std::filesystem::create_directories(std::filesystem::path(own.path) / "wegwijzer");
    own.write(name, shipped::changed_file(name, from, to).text);
    return guide::handbook::load({checkout::schema, own.path}, *gemeenten().get(),
                                 *protocol::day::parse("2026-11-22"), true)
        .value();
}

}  // namespace site
