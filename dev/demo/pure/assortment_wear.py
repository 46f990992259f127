"""Clothes: key, names, tracking, shelf life, price range, season, picture, count, the rest.

The rest: markets, units in a pack (0: none), cost as a share of the price, and the nouns of
the product names, English and French.
"""

CLOTHES = (
    ("dresses", "Dresses", "Robes", "none", 0, 12, 65, (6, 0.5), "dress", 18, ("fr,ma", 0, 0.3,
     "Summer dress|Robe d’été; Linen dress|Robe en lin; Evening dress|Robe de soirée;"
     "Shirt dress|Robe chemise; Pleated dress|Robe plissée")),
    ("tops", "Women’s tops", "Hauts femme", "none", 0, 5, 28, (5, 0.3), "shirt", 18,
     ("fr,ma", 0, 0.3,
      "Striped top|Marinière; Silk blouse|Blouse en soie; Cotton tunic|Tunique en coton;"
      "Fitted T-shirt|T-shirt ajusté")),
    ("coats", "Women’s coats", "Manteaux femme", "none", 0, 25, 120, (11, 0.7), "coat", 14,
     ("fr", 0, 0.35,
      "Wool coat|Manteau en laine; Trench coat|Trench; Hooded parka|Parka à capuche;"
      "Down jacket|Doudoune")),
    ("shirts", "Men’s shirts", "Chemises homme", "none", 0, 7, 32, (0, 0), "shirt", 18,
     ("fr,ma", 0, 0.3,
      "Oxford shirt|Chemise oxford; Flannel shirt|Chemise en flanelle;"
      "Linen shirt|Chemise en lin; Polo shirt|Polo")),
    ("trousers", "Men’s trousers", "Pantalons homme", "none", 0, 9, 45, (0, 0), "trousers", 15,
     ("fr,ma", 0, 0.3,
      "Chinos|Chino; Corduroy trousers|Pantalon en velours; Wool trousers|Pantalon en laine;"
      "Cargo trousers|Pantalon cargo")),
    ("jackets", "Men’s jackets", "Vestes homme", "none", 0, 18, 95, (10, 0.5), "coat", 14,
     ("fr", 0, 0.35,
      "Tweed jacket|Veste en tweed; Leather jacket|Blouson en cuir; Work jacket|Bleu de travail;"
      "Bomber jacket|Bomber")),
    ("jeans", "Jeans", "Jeans", "none", 0, 10, 55, (9, 0.2), "trousers", 18, ("fr,ma", 0, 0.3,
     "Straight jeans|Jean droit; Slim jeans|Jean slim; Flared jeans|Jean évasé;"
     "Mom jeans|Jean taille haute")),
    ("knitwear", "Knitwear", "Mailles", "none", 0, 9, 60, (12, 0.6), "shirt", 15, ("fr", 0, 0.3,
     "Cable-knit jumper|Pull torsadé; Merino cardigan|Gilet en mérinos;"
     "Roll-neck jumper|Pull à col roulé; Cashmere jumper|Pull en cachemire")),
    ("kids", "Children’s clothes", "Vêtements enfant", "none", 0, 3, 22, (9, 0.4), "shirt", 18,
     ("fr,ma", 0, 0.3,
      "Baby sleepsuit|Pyjama bébé; Dungarees|Salopette; Raincoat|Ciré; School tunic|Tablier;"
      "Denim skirt|Jupe en jean")),
    ("shoes", "Shoes", "Chaussures", "none", 0, 12, 90, (9, 0.3), "shoe", 18, ("fr,ma", 0, 0.35,
     "Leather ankle boots|Bottines en cuir; Canvas trainers|Baskets en toile;"
     "Loafers|Mocassins; Walking boots|Chaussures de marche; Sandals|Sandales")),
    ("bags", "Bags", "Sacs", "none", 0, 12, 140, (12, 0.3), "bag", 14, ("fr,ma", 0, 0.35,
     "Leather satchel|Cartable en cuir; Tote bag|Cabas; Backpack|Sac à dos;"
     "Clutch bag|Pochette")),
    ("accessories", "Scarves and accessories", "Foulards et accessoires", "none", 0, 4, 35,
     (12, 0.5), "scarf", 14, ("fr,ma", 0, 0.3,
      "Silk scarf|Foulard en soie; Wool scarf|Écharpe en laine; Leather belt|Ceinture en cuir;"
      "Felt hat|Chapeau en feutre")),
)  # fmt: skip
