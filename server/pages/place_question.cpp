// The place among the answers of a form: what was chosen where it had been asked about, and why it is asked.
#include "server/pages/places.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase which_one{"fault", "There is more than one place of that name. Choose which one you mean."};
constexpr phrase this_one{"fault", "Do you mean this place? Choose it, or choose that you do not know."};
constexpr phrase one_of_these{"fault",
                              "Do you mean one of these places? Choose it, or choose that you do not know."};
constexpr phrase is_it_abroad{"fault",
                              "Is this place outside the Netherlands? Choose that, or another answer."};
constexpr phrase is_it_the_province{
    "fault", "This is also the name of a province. Choose what is right, or fill in a town or village."};
constexpr phrase is_it_at_the_airport{"fault", "Is it at the airport, or somewhere else in the area?"};
constexpr phrase is_it_in_the_port{"fault", "Is it in the port, or somewhere else in the area?"};

// Whoever says that it happens there need not be asked for it.
bool names_spot(const answers& given) {
    const auto spot = given.text("plek");
    return spot == at_airport || spot == in_port || spot == "grens";
}

}  // namespace

place place_in(const answers& given, const guide::gemeenten& gemeenten, const protocol::routing_table& table,
               bool spots) {
    const bool holds = given.text(place_chosen_for) == given.text("plaats");
    return find_place(gemeenten, table, given.text("plaats"),
                      holds ? given.text(which_place) : std::string_view(), spots && !names_spot(given));
}

std::string_view spot_in(const answers& given, const place& place) {
    if (names_spot(given)) return given.text("plek");
    if (!place.spot.empty() && place.chosen == place.spot) return place.spot;
    return place.chosen == outside_the_country ? std::string_view("anders") : given.text("plek");
}

lang::phrase why_asked(const place& place, lang::phrase if_unknown) {
    if (!place.spot.empty() && place.offered.size() == 1)
        return place.spot == in_port ? is_it_in_the_port : is_it_at_the_airport;
    if (place.abroad) return is_it_abroad;
    if (place.province) return is_it_the_province;
    if (place.offered.empty()) return if_unknown;
    if (place.offered.size() == 1) return this_one;
    return place.namesakes ? which_one : one_of_these;
}

}  // namespace pages
