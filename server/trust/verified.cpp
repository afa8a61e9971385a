#include "server/trust/verified.hpp"

#include <algorithm>

namespace trust {
namespace {

thread_local std::int64_t read_here = 0;

}  // namespace

template <class Document>
std::expected<std::shared_ptr<const Document>, protocol::errc> verified_kind<Document>::read(
    std::string_view token, const std::string& hash, std::span<const crypto::sign_public> leads) {
    if (const auto at = kept_.find(hash); at != kept_.end() && at->second->token == token) {
        if (std::ranges::find(leads, at->second->signer) == leads.end())
            return std::unexpected(protocol::errc::bad_signature);
        return at->second;
    }
    ++read_here;
    auto fresh = read_(token, leads);
    if (!fresh) return std::unexpected(fresh.error());
    auto out = std::make_shared<const Document>(std::move(*fresh));
    if (unfiled_ < most_unfiled) {
        ++unfiled_;
        keep(out);
    }
    return out;
}

template class verified_kind<protocol::membership>;
template class verified_kind<protocol::epoch_key>;
template class verified_kind<protocol::stand>;

std::expected<protocol::gids, protocol::errc> read_directory(std::string_view token,
                                                             std::span<const crypto::sign_public> roots) {
    ++read_here;
    return protocol::read_gids(token, roots);
}

std::int64_t verified_by_this_thread() { return read_here; }

}  // namespace trust
