#include "server/admin/directory/draft.hpp"

#include <filesystem>
#include <stdlib.h>
#include <utility>

#include <fmt/format.h>

#include "client/here/files.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/json_fault.hpp"
#include "server/admin/new_file.hpp"

namespace admin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view previous = "vorige.jws", previous_table = "routering.vorige.json",
                           table_file = "routering.json", desks = "loketten.json";

client::result<void> fill(const std::string& path, const draft& draft) {
    const std::pair<std::string_view, std::string> files[] = {
        {previous, draft.vorige.empty() ? "" : draft.vorige + "\n"},
        {previous_table, draft.table_before},
        {table_file, draft.table},
        {desks, draft.desks}};
    for (const auto& [name, text] : files) {
        if (text.empty()) continue;
        if (auto ok = client::create_file(path + "/" + std::string(name), text, 0644); !ok) return ok;
    }
    return {};
}

// Whether they say the same, however each is written.
bool alike(const std::string& one, const std::string& other) {
    const auto a = protocol::parse_object(one), b = protocol::parse_object(other);
    return a && b && *a == *b;
}

}  // namespace

std::string fault_place(std::string_view json) {
    const auto fault = protocol::fault_of_json(json);
    return fault ? fmt::format(", line {}, column {}", fault->line, fault->column) : std::string();
}

client::result<void> write_draft(const std::string& path, const draft& draft) {
    std::string to = fs::absolute(path).lexically_normal().string();
    while (to.size() > 1 && to.ends_with('/')) to.pop_back();
    if (auto ok = must_be_new(to); !ok) return ok;
    std::string fresh = to + ".new-XXXXXX";
    if (!::mkdtemp(fresh.data()))
        return client::refuse("Nothing can be made beside " + to + "; check that its directory is writable.");
    std::error_code error;
    if (auto ok = fill(fresh, draft); !ok) {
        fs::remove_all(fresh, error);
        return ok;
    }
    fs::rename(fresh, to, error);
    if (!error) return {};
    auto why = error.message();
    fs::remove_all(fresh, error);
    return client::refuse("The draft cannot be put at " + to + ": " + why + ".");
}

client::result<draft> read_draft(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error))
        return client::refuse(error && error != std::errc::no_such_file_or_directory
                                  ? fmt::format("{} cannot be read: {}.", path, error.message())
                                  : path +
                                        " is not a directory; `baken admin directory-draft` makes a draft.");
    draft out;
    std::string faults;
    auto read = [&](std::string_view name, std::string& to, bool may_be_absent) {
        const auto file = path + "/" + std::string(name);
        if (may_be_absent && fs::symlink_status(file, error).type() == fs::file_type::not_found) return;
        auto text = client::read_file(file);
        if (text && !text->empty())
            to = std::move(*text);
        else
            faults += (faults.empty() ? "" : "\n") +
                      (text ? file + " is empty; make the draft again." : text.error().sentence);
    };
    read(previous, out.vorige, true);
    read(previous_table, out.table_before, true);
    read(table_file, out.table, false);
    read(desks, out.desks, false);
    if (out.vorige.empty() && !out.table_before.empty() && faults.empty())
        faults =
            path + "/vorige.jws is missing, and this is not the first directory; copy the whole draft again.";
    if (!faults.empty()) return client::refuse(std::move(faults));
    if (out.vorige.ends_with('\n')) out.vorige.pop_back();
    // Where nobody changed what it says, the bytes in force are signed again.
    if (alike(out.table, out.table_before)) out.table = out.table_before;
    return out;
}

}  // namespace admin
