#include "server/domain_files/data_files.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/hash.hpp"
#include "server/domain_files/read_whole.hpp"

namespace guide {

namespace fs = std::filesystem;

fs::path data_files::operator/(std::string_view name) const {
    std::error_code ignored;
    // A link that leads nowhere was meant to stand in too, and is then missed by who reads it.
    if (!own_.empty() && fs::exists(fs::symlink_status(own_ / name, ignored))) return own_ / name;
    return shipped_ / name;
}

std::string data_files::version() const {
    crypto::hasher hash;
    for (const auto name : read_files) {
        const auto content = read_whole(*this / name);
        // Its size before its bytes: no two sets of files make the same row.
        hash.add(crypto::as_bytes(fmt::format(
            "{} {}\n", name, content ? fmt::format("{}", content->size()) : std::string("missing"))));
        if (content) hash.add(crypto::as_bytes(*content));
    }
    const auto whole = hash.finish();
    return fmt::format("{:02x}", fmt::join(whole.begin(), whole.begin() + 6, ""));
}

std::vector<fault> data_files::strangers() const {
    std::vector<fault> out;
    if (own_.empty()) return out;
    std::error_code error;
    fs::recursive_directory_iterator at(own_, error);
    if (error) {
        out.push_back({own_.string(), 0, "the directory is missing or cannot be read"});
        return out;
    }
    for (const fs::recursive_directory_iterator end; at != end; at.increment(error)) {
        if (error) {
            out.push_back({own_.string(), 0, "the directory cannot be read to its end"});
            return out;
        }
        if (at->is_directory(error)) continue;
        const auto name = at->path().lexically_relative(own_);
        // What editors and version control leave behind begins with a dot, or ends with a tilde or a hash.
        const auto text = name.string();
        if (text.starts_with('.') || text.ends_with('~') || text.ends_with('#') || text.contains("/."))
            continue;
        if (text == "README.md" || std::ranges::find(read_files, text) != read_files.end()) continue;
        out.push_back(
            {at->path().string(), 0,
             fs::is_regular_file(shipped_ / name, error)
                 ? fmt::format("schema/{} is part of the program and cannot be replaced: take it away", text)
                 : fmt::format("there is no file schema/{} for it to replace", text)});
    }
    return out;
}

}  // namespace guide
