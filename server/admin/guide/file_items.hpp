// A TOML or JSON file of the domain's data as the entries that a person sees in it, whatever they mean.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "server/admin/guide/paired_rows.hpp"

namespace admin {

struct item {
    std::string list;  // "organisatie"; empty for what stands outside of every list
    std::string name;  // its id, or what tells it from the others of its list
    values says;
    std::map<std::string, std::vector<values>> rows;  // "zin" → the entries inside of it, in their order
};

[[nodiscard]] client::result<std::vector<item>> items_of(const std::filesystem::path& file);

}  // namespace admin
