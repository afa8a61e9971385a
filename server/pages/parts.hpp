// What the pages are put together from.
#pragma once

#include <chrono>

#include "base/async/held.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/admission/gate.hpp"
#include "server/admission/volume.hpp"
#include "server/guide/handbook.hpp"
#include "server/guide/staffing.hpp"
#include "server/intake/mailboxes.hpp"
#include "server/pages/about.hpp"
#include "server/places/gemeenten.hpp"
#include "server/store/store.hpp"
#include "server/trust/registry.hpp"

namespace pages {

// What the pages work with; all of it lives as long as the server.
struct parts {
    store::store& store;
    trust::registry& registry;
    receipts::mailboxes& mailboxes;
    const async::held<guide::gemeenten>& gemeenten;
    const async::held<guide::staffing>& staffing;
    const async::held<guide::handbook>& handbook;
    const protocol::clock& clock;
    admission::gate& gate;
    admission::volume& volume;
    bool demonstration = false;  // every page says so
    bool mailbox = false;        // a code, with which answers can be read, is offered
    // How long a confirmation with its code is shown again to who sends the same page again.
    std::chrono::seconds shown_again{600};
    pages::about about = {};  // who runs it
};

}  // namespace pages
