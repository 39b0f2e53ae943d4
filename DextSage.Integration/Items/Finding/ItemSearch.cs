using System.Text.Json;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The items in which a text stands: in a field or a line, in the name of an entry that they use, or in their document.</summary>
internal static class ItemSearch
{
    /// <summary>Of more hits than this of a kind, the newest are found.</summary>
    public const int Most = 10_000;

    public static IQueryable<Guid> Hits(DextSageDb db, SearchText text)
    {
        var hits = InWords(db, text).Union(ByEntry(db, text));
        // Two letters stand in every document.
        return text.IsLongEnough ? hits.Union(InDocuments(db, text.Phrase)) : hits;
    }

    /// <summary>The same, looked up now, for whoever asks about them more than once.</summary>
    public static async Task<IQueryable<Guid>> LookUpAsync(DextSageDb db, SearchText text, CancellationToken cancellationToken)
    {
        // Forwards the index is read in half the time that it takes backwards, which matters only where it holds more than is wanted.
        List<Guid> hits = text.IsLongEnough ? await Forwards(db, text).ToListAsync(cancellationToken) : [];
        if (hits.Count > Most || !text.IsLongEnough) hits = await Hits(db, text).ToListAsync(cancellationToken);
        // As the database writes them.
        var written = JsonSerializer.Serialize(hits.Select(h => h.ToString().ToUpperInvariant()));
        return db.Database.SqlQuery<Guid>($"""SELECT value AS "Value" FROM json_each({written})""");
    }

    /// <summary>All, or the oldest and more of them than are wanted.</summary>
    private static IQueryable<Guid> Forwards(DextSageDb db, SearchText text)
    {
        var (phrase, business, more) = (text.Phrase, db.BusinessId, Most + 1);
        return db.Database.SqlQuery<Guid>($"""
            SELECT w."ItemId" AS "Value" FROM "ItemSearch" s JOIN "ItemWords" w ON w."Id" = s.rowid WHERE s."ItemSearch" MATCH {phrase} AND w."BusinessId" = {business} LIMIT {more}
            """).Union(ByEntry(db, text)).Union(db.Database.SqlQuery<Guid>($"""
            SELECT i."Id" AS "Value" FROM "DocumentSearch" s JOIN "DocumentTexts" t ON t."Id" = s.rowid JOIN "Items" i ON i."DocumentId" = t."DocumentId"
            WHERE s."DocumentSearch" MATCH {phrase} AND t."BusinessId" = {business} LIMIT {more}
            """));
    }

    private static IQueryable<Guid> InWords(DextSageDb db, SearchText text)
    {
        if (text.IsLongEnough)
            return db.Database.SqlQuery<Guid>($"""
                SELECT w."ItemId" AS "Value" FROM "ItemSearch" s JOIN "ItemWords" w ON w."Id" = s.rowid
                WHERE s."ItemSearch" MATCH {text.Phrase} AND w."BusinessId" = {db.BusinessId} ORDER BY s.rowid DESC LIMIT {Most}
                """);
        var words = db.ItemWords.AsQueryable();
        var patterns = text.Patterns;
        return (patterns switch
        {
            [var one] => words.Where(w => EF.Functions.Like(w.Words, one, Like.EscapeCharacter)),
            [var one, var two] => words.Where(w => EF.Functions.Like(w.Words, one, Like.EscapeCharacter) || EF.Functions.Like(w.Words, two, Like.EscapeCharacter)),
            _ => words.Where(w => EF.Functions.Like(w.Words, patterns[0], Like.EscapeCharacter) || EF.Functions.Like(w.Words, patterns[1], Like.EscapeCharacter) || EF.Functions.Like(w.Words, patterns[2], Like.EscapeCharacter)),
        }).OrderByDescending(w => w.Id).Take(Most).Select(w => w.ItemId);
    }

    private static IQueryable<Guid> InDocuments(DextSageDb db, string phrase) => db.Database.SqlQuery<Guid>($"""
        SELECT i."Id" AS "Value" FROM "DocumentSearch" s JOIN "DocumentTexts" t ON t."Id" = s.rowid JOIN "Items" i ON i."DocumentId" = t."DocumentId"
        WHERE s."DocumentSearch" MATCH {phrase} AND t."BusinessId" = {db.BusinessId} ORDER BY s.rowid DESC LIMIT {Most}
        """);

    // Looked up when it is asked for: an entry that Sage has renamed is found by its new name. From the few entries to what uses them: CROSS JOIN is done in
    // this order, and by the one index that + leaves; SQLite by itself would rather walk all items of the business.
    private static IQueryable<Guid> ByEntry(DextSageDb db, SearchText text)
    {
        var (business, pattern, escape) = (db.BusinessId, text.Patterns[0], Like.EscapeCharacter);
        return db.Database.SqlQuery<Guid>($"""
            WITH "Named" AS (
              SELECT "Id" FROM "Categories" WHERE "BusinessId" = {business} AND "DisplayName" LIKE {pattern} ESCAPE {escape}
              UNION ALL SELECT "Id" FROM "TaxRates" WHERE "BusinessId" = {business} AND "DisplayName" LIKE {pattern} ESCAPE {escape}
              UNION ALL SELECT "Id" FROM "AnalysisCategories" WHERE "BusinessId" = {business} AND "DisplayName" LIKE {pattern} ESCAPE {escape}
              UNION ALL SELECT "Id" FROM "Products" WHERE "BusinessId" = {business} AND "DisplayName" LIKE {pattern} ESCAPE {escape})
            SELECT i."Id" AS "Value" FROM "Named" n CROSS JOIN "Items" i WHERE i."CategoryId" = n."Id" AND +i."BusinessId" = {business}
            UNION SELECT i."Id" FROM "Named" n CROSS JOIN "Items" i WHERE i."TaxRateId" = n."Id" AND +i."BusinessId" = {business}
            UNION SELECT i."Id" FROM "Named" n CROSS JOIN "Items" i WHERE i."ClassId" = n."Id" AND +i."BusinessId" = {business}
            UNION SELECT i."Id" FROM "Named" n CROSS JOIN "Items" i WHERE i."LocationId" = n."Id" AND +i."BusinessId" = {business}
            UNION SELECT l."ItemId" FROM "Named" n CROSS JOIN "ItemLines" l WHERE l."CategoryId" = n."Id" AND +l."BusinessId" = {business}
            UNION SELECT l."ItemId" FROM "Named" n CROSS JOIN "ItemLines" l WHERE l."ProductId" = n."Id" AND +l."BusinessId" = {business}
            UNION SELECT l."ItemId" FROM "Named" n CROSS JOIN "ItemLines" l WHERE l."TaxRateId" = n."Id" AND +l."BusinessId" = {business}
            UNION SELECT l."ItemId" FROM "Named" n CROSS JOIN "ItemLines" l WHERE l."ClassId" = n."Id" AND +l."BusinessId" = {business}
            UNION SELECT l."ItemId" FROM "Named" n CROSS JOIN "ItemLines" l WHERE l."LocationId" = n."Id" AND +l."BusinessId" = {business}
            ORDER BY 1 DESC LIMIT {Most}
            """);
    }
}
