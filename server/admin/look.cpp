#include "server/admin/look.hpp"

#include <filesystem>

#include "server/store/open.hpp"

namespace admin {

client::result<looked_at> look(const std::string& data) {
    auto config = config::read(std::filesystem::path(data) / "bakend.toml");
    if (!config) return client::refuse(data + "/bakend.toml: " + config.error()[0]);
    auto store = store::source::open(config->store, store::beside::servers);
    if (!store)
        return client::refuse(store::shown(config->store) + ": " + std::string(store::text(store.error())));
    return looked_at{std::move(*config), std::move(*store)};
}

}  // namespace admin
