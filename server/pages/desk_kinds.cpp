#include "server/pages/desk_kinds.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase police{"kind", "This is the police. They investigate crimes."};
constexpr phrase border_police{
    "kind", "These are the border police (Marechaussee). They are police and investigate crimes."};
constexpr phrase labour_inspectorate{
    "kind", "This is the labour inspectorate. It is not the police, but it does investigate crimes at work."};
constexpr phrase care{"kind",
                      "This is a care organisation. It is not the police and investigates no crimes."};
constexpr phrase national{"kind",
                          "This is the national team. It is not the police and investigates no crimes."};
constexpr phrase investigates{"kind", "This is not the police, but it does investigate crimes."};
constexpr phrase does_not{"kind", "This is not the police, and it investigates no crimes."};

}  // namespace

phrase kind_of_organisation(std::string_view soort, bool opsporing) {
    if (opsporing)
        return soort == "politie"  ? police
               : soort == "grens"  ? border_police
               : soort == "arbeid" ? labour_inspectorate
                                   : investigates;
    return soort == "zorg" ? care : soort == "landelijk" ? national : does_not;
}

}  // namespace pages
