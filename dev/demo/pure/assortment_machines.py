"""Appliances, electronics and parts, in the columns of `assortment_wear`."""

APPLIANCES = (
    ("coffee", "Coffee makers", "Cafetières", "none", 0, 15, 160, (12, 0.4), "machine", 16,
     ("fr,ma", 0, 0.5,
      "Filter coffee maker|Cafetière filtre; Espresso machine|Machine à expresso;"
      "Moka pot|Cafetière italienne; Capsule machine|Machine à capsules")),
    ("kettles", "Kettles", "Bouilloires", "none", 0, 10, 45, (1, 0.3), "machine", 14,
     ("fr,ma", 0, 0.5,
      "Electric kettle|Bouilloire électrique; Glass kettle|Bouilloire en verre;"
      "Tea kettle|Théière électrique")),
    ("toasters", "Toasters", "Grille-pain", "none", 0, 10, 55, (0, 0), "box", 14,
     ("fr,ma", 0, 0.5,
      "Two-slot toaster|Grille-pain deux fentes; Long-slot toaster|Grille-pain fente longue;"
      "Sandwich maker|Appareil à croque-monsieur")),
    ("blenders", "Blenders and mixers", "Blenders et robots", "none", 0, 15, 190, (3, 0.3),
     "machine", 16, ("fr,ma", 0, 0.5,
      "Hand blender|Mixeur plongeant; Jug blender|Blender; Stand mixer|Robot pâtissier;"
      "Food processor|Robot multifonction")),
    ("irons", "Irons", "Fers à repasser", "none", 0, 10, 95, (0, 0), "box", 12, ("fr,ma", 0, 0.5,
     "Steam iron|Fer vapeur; Steam generator|Centrale vapeur; Garment steamer|Défroisseur")),
    ("vacuums", "Vacuum cleaners", "Aspirateurs", "serial", 0, 35, 240, (4, 0.2), "machine", 12,
     ("fr,ma", 0, 0.5,
      "Bagless vacuum cleaner|Aspirateur sans sac; Stick vacuum cleaner|Aspirateur balai;"
      "Robot vacuum cleaner|Aspirateur robot")),
    ("hair", "Hair care appliances", "Soin du cheveu", "none", 0, 8, 70, (12, 0.4), "machine", 12,
     ("fr,ma", 0, 0.5,
      "Hair dryer|Sèche-cheveux; Hair straightener|Lisseur; Hair clipper|Tondeuse")),
    ("climate", "Fans and heaters", "Ventilateurs et radiateurs", "none", 0, 15, 90, (7, 0.6),
     "fan", 12, ("fr,ma", 0, 0.5,
      "Desk fan|Ventilateur de bureau; Tower fan|Ventilateur colonne;"
      "Fan heater|Radiateur soufflant; Oil radiator|Radiateur bain d’huile")),
    ("microwaves", "Microwave ovens", "Micro-ondes", "serial", 0, 35, 130, (9, 0.3), "box", 10,
     ("fr,ma", 0, 0.5,
      "Solo microwave|Micro-ondes simple; Grill microwave|Micro-ondes gril;"
      "Mini oven|Mini-four")),
    ("sewing", "Sewing machines", "Machines à coudre", "serial", 0, 60, 260, (11, 0.2), "machine",
     10, ("fr,ma", 0, 0.5,
      "Mechanical sewing machine|Machine à coudre mécanique;"
      "Overlock machine|Surjeteuse; Electronic sewing machine|Machine à coudre électronique")),
)  # fmt: skip

ELECTRONICS = (
    ("phones", "Smartphones", "Smartphones", "serial", 0, 90, 520, (12, 0.4), "screen", 16,
     ("fr,ma", 0, 0.65,
      "Smartphone 5.5″|Smartphone 5,5″; Smartphone 6.1″|Smartphone 6,1″;"
      "Rugged phone|Téléphone robuste")),
    ("laptops", "Laptops", "Ordinateurs portables", "serial", 0, 180, 780, (9, 0.4), "screen", 14,
     ("fr,ma", 0, 0.65,
      "Laptop 13″|Portable 13″; Laptop 15″|Portable 15″; Convertible laptop|Portable convertible")),
    ("audio", "Headphones and speakers", "Casques et enceintes", "none", 0, 12, 150, (12, 0.5),
     "fan", 14, ("fr,ma", 0, 0.6,
      "Over-ear headphones|Casque circum-auriculaire; Earbuds|Écouteurs;"
      "Portable speaker|Enceinte portable; Turntable|Platine vinyle")),
    ("consoles", "Game consoles", "Consoles de jeux", "serial", 0, 60, 330, (12, 0.7), "box", 10,
     ("fr", 0, 0.65,
      "Home console|Console de salon; Handheld console|Console portable;"
      "Retro console|Console rétro")),
)  # fmt: skip

PARTS = (
    ("batteries", "Batteries", "Batteries", "lot", 1460, 6, 60, (0, 0), "box", 18,
     ("fr,ma", 12, 0.45,
      "Laptop battery|Batterie de portable; Phone battery|Batterie de téléphone;"
      "Vacuum battery pack|Batterie d’aspirateur; Button cells|Piles boutons")),
    ("motors", "Motors and pumps", "Moteurs et pompes", "none", 0, 9, 75, (0, 0), "fan", 14,
     ("fr,ma", 6, 0.45,
      "Blender motor|Moteur de blender; Vacuum motor|Moteur d’aspirateur;"
      "Vibratory pump|Pompe vibrante; Fan motor|Moteur de ventilateur")),
    ("seals", "Seals and belts", "Joints et courroies", "none", 0, 1, 14, (0, 0), "ring", 20,
     ("fr,ma", 24, 0.35,
      "Boiler seal|Joint de chaudière; Drive belt|Courroie; O-ring|Joint torique;"
      "Door gasket|Joint de porte")),
    ("chargers", "Chargers and cables", "Chargeurs et câbles", "none", 0, 3, 38, (12, 0.3), "box",
     18, ("fr,ma", 12, 0.4,
      "USB-C charger|Chargeur USB-C; Power cord|Cordon secteur; HDMI cable|Câble HDMI;"
      "Laptop charger|Chargeur de portable")),
    ("filters", "Filters and descaling", "Filtres et détartrage", "lot", 1095, 3, 25, (0, 0),
     "bottle", 16, ("fr,ma", 24, 0.4,
      "HEPA filter|Filtre HEPA; Water filter|Filtre à eau; Descaler|Détartrant;"
      "Vacuum bags|Sacs d’aspirateur")),
)  # fmt: skip
