// One municipality, as schema/places/gemeenten.tsv and regios.tsv give it.
#pragma once

#include <string>
#include <vector>

namespace guide {

struct gemeente {
    std::string code;                   // the CBS code, "GM0518"
    std::string naam;                   // the official name, "'s-Gravenhage"
    std::string weergave;               // the name a page shows, "Den Haag"; no two are alike
    std::vector<std::string> aliassen;  // other names people use
    std::string veiligheidsregio;       // code of its safety region, "VR15"
    std::string loket;                  // id of the desk of that region's police unit, "den-haag"
};

}  // namespace guide
