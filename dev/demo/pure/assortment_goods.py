"""Things for the home, food and cosmetics, in the columns of `assortment_wear`."""

HOME = (
    ("crockery", "Crockery", "Vaisselle", "none", 0, 2, 40, (12, 0.4), "bowl", 16,
     ("fr,ma", 6, 0.3,
      "Dinner plates|Assiettes plates; Tea set|Service à thé; Salad bowl|Saladier;"
      "Tagine dish|Plat à tajine; Wine glasses|Verres à vin")),
    ("books", "Books", "Livres", "none", 0, 1, 18, (12, 0.3), "book", 18, ("fr", 0, 0.2,
     "Cookbook|Livre de cuisine; Crime novel|Roman policier; Travel guide|Guide de voyage;"
     "Comic album|Bande dessinée; Dictionary|Dictionnaire")),
    ("toys", "Toys", "Jouets", "none", 0, 2, 45, (12, 0.8), "ring", 18, ("fr,ma", 0, 0.3,
     "Wooden train|Train en bois; Building bricks|Briques à assembler; Board game|Jeu de société;"
     "Soft toy|Peluche; Puzzle|Puzzle")),
    ("linen", "Household linen", "Linge de maison", "none", 0, 3, 50, (1, 0.3), "scarf", 15,
     ("fr,ma", 0, 0.3,
      "Linen tablecloth|Nappe en lin; Bed sheets|Draps; Wool blanket|Couverture en laine;"
      "Bath towels|Serviettes de bain")),
)  # fmt: skip

FOOD_AND_CARE = (
    ("oils", "Oils", "Huiles", "lot", 540, 5, 32, (0, 0), "bottle", 16, ("fr,ma", 6, 0.55,
     "Argan oil|Huile d’argan; Olive oil|Huile d’olive; Sesame oil|Huile de sésame;"
     "Prickly pear oil|Huile de figue de Barbarie")),
    ("soaps", "Soaps", "Savons", "lot", 900, 2, 12, (0, 0), "box", 16, ("fr,ma", 24, 0.5,
     "Black soap|Savon noir; Marseille soap|Savon de Marseille; Laurel soap|Savon d’Alep;"
     "Shaving soap|Savon à raser")),
    ("creams", "Creams", "Crèmes", "lot", 400, 5, 36, (1, 0.3), "bottle", 14, ("fr,ma", 6, 0.5,
     "Hand cream|Crème pour les mains; Day cream|Crème de jour; Body butter|Beurre corporel;"
     "Rose water|Eau de rose")),
    ("tea", "Tea and coffee", "Thé et café", "lot", 365, 3, 18, (12, 0.3), "bottle", 14,
     ("fr,ma", 12, 0.55,
      "Mint tea|Thé à la menthe; Green tea|Thé vert; Ground coffee|Café moulu;"
      "Verbena|Verveine")),
    ("biscuits", "Biscuits and dried fruit", "Biscuits et fruits secs", "lot", 150, 2, 14,
     (12, 0.4), "bowl", 14, ("fr,ma", 12, 0.6,
      "Almond biscuits|Biscuits aux amandes; Dates|Dattes; Fig rolls|Biscuits à la figue;"
      "Salted almonds|Amandes salées; Shortbread|Sablés")),
)  # fmt: skip
