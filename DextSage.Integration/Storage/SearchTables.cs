namespace DextSage.Integration.Storage;

/// <summary>
/// What SQLite keeps by itself beside the items: their words, an index of every three letters in them and in the documents' texts
/// (https://sqlite.org/fts5.html#the_trigram_tokenizer), and a tally of them. A migration that has a table rebuilt loses the table's triggers and must lay them anew.
/// </summary>
internal static class SearchTables
{
    /// <summary>Names of all that is laid, for those who check that it stands.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "ItemSearch", "DocumentSearch",
        "Items_words_new", "Items_words_changed", "ItemLines_words_new", "ItemLines_words_changed", "ItemLines_words_gone",
        "ItemWords_search_new", "ItemWords_search_changed", "ItemWords_search_gone",
        "DocumentTexts_search_new", "DocumentTexts_search_changed", "DocumentTexts_search_gone",
        "Items_tally_new", "Items_tally_changed", "Items_tally_gone",
    ];

    public static string Lay { get; } = $"""
        {Index("ItemSearch", "ItemWords", "Words")}
        {Index("DocumentSearch", "DocumentTexts", "Text")}

        CREATE TRIGGER Items_words_new AFTER INSERT ON Items BEGIN
          INSERT INTO ItemWords (ItemId, BusinessId, Words) VALUES (NEW.Id, NEW.BusinessId, {WordsOf("NEW")});
        END;
        CREATE TRIGGER Items_words_changed AFTER UPDATE OF SupplierName, CustomerName, CategoryName, Reference, Description, Note, SageNumber, Date, DueDate, Currency, Total, Tax, DocumentId ON Items BEGIN
          UPDATE ItemWords SET Words = {WordsOf("NEW")} WHERE ItemId = NEW.Id;
        END;
        {Lines("new", "INSERT", "NEW")}
        {Lines("changed", "UPDATE OF Description", "NEW")}
        {Lines("gone", "DELETE", "OLD")}

        CREATE TRIGGER Items_tally_new AFTER INSERT ON Items BEGIN {Count("NEW", 1)} END;
        CREATE TRIGGER Items_tally_changed AFTER UPDATE OF Workspace, Place, Status, OwnerId, Failure ON Items BEGIN {Count("OLD", -1)} {Count("NEW", 1)} END;
        CREATE TRIGGER Items_tally_gone AFTER DELETE ON Items BEGIN {Count("OLD", -1)} END;

        INSERT INTO ItemWords (ItemId, BusinessId, Words) SELECT i.Id, i.BusinessId, {WordsOf("i")} FROM Items i;
        INSERT INTO ItemTallies (BusinessId, Workspace, Place, Status, OwnerId, HasFailed, Count)
          SELECT BusinessId, Workspace, Place, Status, OwnerId, Failure IS NOT NULL, COUNT(*) FROM Items GROUP BY 1, 2, 3, 4, 5, 6;
        """;

    /// <summary>Takes away what <see cref="Lay"/> laid beside the tables of the model, which take their own triggers with them.</summary>
    public static string Clear { get; } = string.Join('\n', Names.Select(n => n.EndsWith("Search", StringComparison.Ordinal) ? $"DROP TABLE {n};" : $"DROP TRIGGER {n};"));

    private static string Index(string name, string table, string text) => $"""
        CREATE VIRTUAL TABLE {name} USING fts5({text}, content='{table}', content_rowid='Id', tokenize='trigram remove_diacritics 1');
        CREATE TRIGGER {table}_search_new AFTER INSERT ON {table} BEGIN
          INSERT INTO {name} (rowid, {text}) VALUES (NEW.Id, NEW.{text});
        END;
        CREATE TRIGGER {table}_search_changed AFTER UPDATE OF {text} ON {table} WHEN OLD.{text} IS NOT NEW.{text} BEGIN
          INSERT INTO {name} ({name}, rowid, {text}) VALUES ('delete', OLD.Id, OLD.{text});
          INSERT INTO {name} (rowid, {text}) VALUES (NEW.Id, NEW.{text});
        END;
        CREATE TRIGGER {table}_search_gone AFTER DELETE ON {table} BEGIN
          INSERT INTO {name} ({name}, rowid, {text}) VALUES ('delete', OLD.Id, OLD.{text});
        END;
        """;

    private static string Lines(string when, string what, string row) => $"""
        CREATE TRIGGER ItemLines_words_{when} AFTER {what} ON ItemLines BEGIN
          UPDATE ItemWords SET Words = (SELECT {WordsOf("i")} FROM Items i WHERE i.Id = {row}.ItemId) WHERE ItemId = {row}.ItemId AND EXISTS (SELECT 1 FROM Items i WHERE i.Id = {row}.ItemId);
        END;
        """;

    private static string Count(string row, int more) => $"""
        INSERT INTO ItemTallies (BusinessId, Workspace, Place, Status, OwnerId, HasFailed, Count)
          VALUES ({row}.BusinessId, {row}.Workspace, {row}.Place, {row}.Status, {row}.OwnerId, {row}.Failure IS NOT NULL, {more})
          ON CONFLICT (BusinessId, Workspace, Place, Status, OwnerId, HasFailed) DO UPDATE SET Count = Count + {more};
        """;

    // Names of entries are looked up in their lists when somebody searches, so that a renamed one is found by its new name.
    private static string WordsOf(string row) =>
        $"concat_ws(char(10), {row}.SupplierName, {row}.CustomerName, {row}.CategoryName, {row}.Reference, {row}.Description, {row}.Note, {row}.Code, {row}.SageNumber, {row}.Currency, "
        + $"{Amount($"{row}.Total")}, {Amount($"{row}.Tax")}, {Day($"{row}.Date")}, {Day($"{row}.DueDate")}, "
        + $"(SELECT d.FileName FROM Documents d WHERE d.Id = {row}.DocumentId), (SELECT group_concat(l.Description, char(10)) FROM ItemLines l WHERE l.ItemId = {row}.Id))";

    // Whole ten-thousandths in the database.
    private static string Amount(string column) => $"CASE WHEN {column} IS NULL THEN NULL ELSE printf('%s%d.%02d', iif({column} < 0, '-', ''), abs({column}) / 10000, abs({column}) % 10000 / 100) END";

    // As people write it, and as machines do.
    private static string Day(string column) => $"substr({column}, 9, 2) || '/' || substr({column}, 6, 2) || '/' || substr({column}, 1, 4) || ' ' || {column}";
}
