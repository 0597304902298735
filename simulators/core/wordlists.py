"""Words of which names, titles and places are made."""

FIRST_NAMES = (
    "Aaron", "Alicia", "Amir", "Andrea", "Beatriz", "Brandon", "Camille", "Carlos", "Cheryl", "Colin", "Dana",
    "Darren", "Denise", "Diego", "Elena", "Emmett", "Farah", "Felix", "Gloria", "Hannah", "Hugo", "Imani", "Irene",
    "Jamal", "Joanna", "Julian", "Karim", "Keiko", "Laura", "Leonard", "Lucia", "Malik", "Marta", "Miles", "Nadia",
    "Nathan", "Olivia", "Oscar", "Paula", "Priya", "Quentin", "Rachel", "Rafael", "Renee", "Samir", "Simone", "Tessa",
    "Theo", "Ursula", "Victor", "Wendy", "Xavier", "Yolanda", "Zachary",
)  # fmt: skip
LAST_NAMES = (
    "Abbott", "Alvarez", "Baines", "Bergstrom", "Calloway", "Castellano", "Chaudhry", "Delacroix", "Donnelly",
    "Eastman", "Ellsworth", "Farrow", "Fitzgerald", "Garrison", "Goldberg", "Hargrove", "Hollister", "Ibarra",
    "Iverson", "Jankowski", "Kessler", "Kowalczyk", "Lindqvist", "Lombardi", "Maddox", "Marchetti", "Nakamura",
    "Norwood", "Oduya", "Okonkwo", "Pemberton", "Petrov", "Quintero", "Radcliffe", "Rosenthal", "Santoro",
    "Schreiber", "Tanaka", "Thornton", "Underhill", "Vasquez", "Velasco", "Whitaker", "Winslow", "Yamada", "Zeller",
)  # fmt: skip
COMPANIES = (
    "Alder Ridge Supply", "Bluefield Logistics", "Cobalt Harbor", "Dunmore Packaging", "Eastgate Foods",
    "Fairmont Tooling", "Granite Peak Energy", "Holloway Textiles", "Ironwood Freight", "Juniper Medical",
    "Kestrel Optics", "Larkspur Interiors", "Meridian Pumps", "Northbrook Paper", "Orchard Lane Dairy",
    "Pinecrest Roofing", "Quarry Hill Stone", "Redwater Marine", "Stillwell Printing", "Tidewater Glass",
)  # fmt: skip
STREETS = (
    "Alameda Avenue", "Birch Lane", "Canal Street", "Dearborn Avenue", "Elmwood Drive", "Foothill Boulevard",
    "Granger Street", "Hawthorne Avenue", "Juniper Court", "Lakeview Terrace", "Montrose Avenue", "Orchard Road",
    "Prospect Street", "Ridgeway Drive", "Sycamore Street", "Willow Avenue",
)  # fmt: skip
