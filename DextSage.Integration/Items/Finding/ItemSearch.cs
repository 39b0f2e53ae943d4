using DextSage.Integration.Lists;
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

    // Looked up when it is asked for: an entry that Sage has renamed is found by its new name.
    private static IQueryable<Guid> ByEntry(DextSageDb db, SearchText text)
    {
        var pattern = text.Patterns[0];
        var categories = Named(db.Categories, pattern);
        var rates = Named(db.TaxRates, pattern);
        var analysis = Named(db.AnalysisCategories, pattern);
        var products = Named(db.Products, pattern);
        var items = db.Items.Where(i => categories.Contains(i.CategoryId!.Value)).OrderByDescending(i => i.Id).Take(Most).Select(i => i.Id)
            .Union(db.Items.Where(i => rates.Contains(i.TaxRateId!.Value)).OrderByDescending(i => i.Id).Take(Most).Select(i => i.Id))
            .Union(db.Items.Where(i => analysis.Contains(i.ClassId!.Value)).Select(i => i.Id))
            .Union(db.Items.Where(i => analysis.Contains(i.LocationId!.Value)).Select(i => i.Id));
        var lines = db.ItemLines.Where(l => categories.Contains(l.CategoryId!.Value)).Select(l => l.ItemId)
            .Union(db.ItemLines.Where(l => products.Contains(l.ProductId!.Value)).Select(l => l.ItemId))
            .Union(db.ItemLines.Where(l => rates.Contains(l.TaxRateId!.Value)).Select(l => l.ItemId))
            .Union(db.ItemLines.Where(l => analysis.Contains(l.ClassId!.Value)).Select(l => l.ItemId))
            .Union(db.ItemLines.Where(l => analysis.Contains(l.LocationId!.Value)).Select(l => l.ItemId));
        return items.Union(lines);
    }

    private static IQueryable<Guid> Named<T>(IQueryable<T> entries, string pattern) where T : ListEntry =>
        entries.Where(e => EF.Functions.Like(e.DisplayName, pattern, Like.EscapeCharacter)).Select(e => e.Id);
}
