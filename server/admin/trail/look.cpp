#include "server/admin/trail/look.hpp"

#include <filesystem>

#include "server/admin/read_config.hpp"
#include "server/store/open.hpp"

namespace admin {

client::result<looked_at> look(const std::string& data) {
    auto config = read_config(data);
    if (!config) return std::unexpected(config.error());
    auto store = store::source::open(config->store, store::beside::servers);
    if (!store)
        return client::refuse(store::shown(config->store) + ": " + std::string(store::text(store.error())));
    return looked_at{std::move(*config), std::move(*store)};
}

}  // namespace admin
