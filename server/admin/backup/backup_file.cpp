#include "server/admin/backup/backup_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "base/process/user.hpp"

namespace admin {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;

std::unexpected<client::refusal> wrong(const std::string& path, std::string_view why) {
    return client::refuse(fmt::format("{}: {}", path, why));
}

std::string_view sentence(crypto::errc error) {
    return error == crypto::errc::not_for_this_key
               ? "it was not sealed to this key; name another key file with --key or --wraps-key."
               : text(error);
}

}  // namespace

std::string_view archive_kind(store::part part) { return part == store::part::reports ? "store" : "wraps"; }

backup_file::backup_file(new_file file, crypto::archive_sealer sealer, crypto::bytes head)
    : file_(std::move(file)), sealer_(std::move(sealer)), out_(std::move(head)) {}

client::result<backup_file> backup_file::make(const std::string& path, store::part part,
                                              const crypto::uuid& id,
                                              std::span<const crypto::box_public> keys) {
    crypto::bytes head;
    auto sealer = crypto::archive_sealer::begin(archive_kind(part), id, keys, head);
    if (!sealer) return std::unexpected(client::refusal(sealer.error()));
    auto file = new_file::make(path);
    if (!file) return std::unexpected(file.error());
    return backup_file(std::move(*file), std::move(*sealer), std::move(head));
}

bool backup_file::take(crypto::byte_view records) {
    sealer_.push(records, out_);
    if (out_.size() < piece) return true;
    auto written = file_.write(out_);
    out_.clear();
    if (!written) failed_ = written.error();
    return written.has_value();
}

client::result<void> backup_file::finish() {
    if (failed_) return std::unexpected(*failed_);
    sealer_.finish(out_);
    if (auto ok = file_.write(out_); !ok) return ok;
    return file_.settle();
}

client::result<read_backup_file> read_backup(const std::string& path, store::part part,
                                             const crypto::box_keys& keys,
                                             store::sql::dump_reader::row_taker take) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        const int why = errno;
        return client::refuse(
            fmt::format("{} cannot be read{}: {}.", path, process::by_whom(why), std::strerror(why)));
    }
    crypto::archive_opener opener(archive_kind(part), keys);
    store::sql::dump_reader reader(part, std::move(take));
    std::expected<void, store::errc> judged;
    const auto sink = [&](crypto::byte_view records) {
        if (judged) judged = reader.push(records);
    };
    crypto::bytes buffer(piece);
    while (in) {
        in.read(reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()));
        const auto got = static_cast<std::size_t>(in.gcount());
        auto opened = opener.push(crypto::byte_view(buffer).first(got), sink);
        if (!judged) return wrong(path, text(judged.error()));
        if (!opened) return wrong(path, sentence(opened.error()));
    }
    if (in.bad()) return client::refuse(path + " cannot be read to its end; check its disk.");
    if (auto ended = opener.finish(sink); !ended) return wrong(path, text(ended.error()));
    if (judged) judged = reader.finish();
    if (!judged) return wrong(path, text(judged.error()));
    return read_backup_file{opener.id(), reader.begin(), reader.tallies()};
}

bool is_backup(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string begin(13, '\0');
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return begin == "baken-backup ";
}

}  // namespace admin
