using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DextSage.Tests.Simulation.Checking;

/// <summary>
/// Holds Sage's books against our database, once all is at rest. It shares nothing with the code under test: it reads both files by plain SQL, and the wire's own
/// record of what was sent and answered.
/// </summary>
internal sealed class Checker(Evidence evidence, IReadOnlyList<OurBusiness> businesses, IReadOnlyList<Seen> clicked)
{
    private readonly List<string> wrong = [];
    private IReadOnlyList<ItemRow> items = [];
    private ILookup<string, PublicationRow> publications = null!;
    private ILookup<string, StepRow> steps = null!;
    private IReadOnlyList<SageDocument> documents = [];
    private IReadOnlyList<SageFile> files = [];
    private IReadOnlyList<SageContact> contacts = [];
    private ILookup<string, decimal> payments = null!;

    public IReadOnlyList<string> Check(bool listsAreFresh)
    {
        var (our, sage) = (evidence.Ours, evidence.Theirs);
        items = our.Items();
        publications = our.Publications().ToLookup(p => p.ItemId, StringComparer.Ordinal);
        steps = our.Steps().ToLookup(s => s.PublicationId, StringComparer.Ordinal);
        (documents, files, contacts, payments) = (sage.Documents(), sage.Files(), sage.Contacts(), sage.Payments().ToLookup(p => p.Document, p => p.Amount, StringComparer.Ordinal));

        EveryDocumentIsExplained();
        foreach (var item in items) Item(item);
        NoContactTwice(sage.MadeThroughTheApi(), our.Contacts("Suppliers"), isVendor: true);
        NoContactTwice(sage.MadeThroughTheApi(), our.Contacts("Customers"), isVendor: false);
        NothingRetiredThatSageHas([.. our.Contacts("Suppliers"), .. our.Contacts("Customers")]);
        Connections(our.Connections());
        if (listsAreFresh) Lists(our, sage);
        new WireRules(evidence.Log, wrong).Check();
        return wrong;
    }

    /// <summary>A sign-in ends when Sage itself has refused its refresh token, or a request for the second time, and not for less.</summary>
    public void CheckSignIns(List<string> witnessed)
    {
        var isRefused = evidence.Log.Exists(l => l is { IsToken: true, Answered.Status: 400 })
            || evidence.Log.Where(l => l is { IsToken: false, Answered.Status: 401 }).GroupBy(l => (l.Sender, l.PathAndQuery)).Any(g => g.Count() > 1) || WasRefused("/v3.1/", "Bearer");
        foreach (var connection in evidence.Ours.Connections().Where(c => c.Status == "ReconnectNeeded" && !isRefused))
            witnessed.Add($"[connection] a sign-in was given up ({connection.Reason}) though Sage had not refused it");
    }

    /// <summary>No document that nobody asked for, or in another's books, or twice.</summary>
    private void EveryDocumentIsExplained()
    {
        foreach (var document in documents)
        {
            if (items.SingleOrDefault(i => i.Code == document.Item) is not { } item) Say("history", $"nothing of ours explains {document.Kind} {document.Id} in Sage");
            else if (businesses.Single(b => b.Id == Guid.Parse(item.Business)).OrganisationId != document.Organisation) Say("tenants", $"{item.Code} is in another organisation's books");
        }

        foreach (var twice in documents.Where(d => d.Item is not null).GroupBy(d => d.Item!).Where(g => g.Count() > 1)) Say("once", $"{twice.Key} is in Sage {twice.Count()} times");
        foreach (var stray in payments.Where(p => documents.All(d => d.Id != p.Key))) Say("payment", $"a payment of {stray.Sum()} pays nothing that is in Sage");
        foreach (var stray in files.Where(f => documents.All(d => d.Id != f.Document))) Say("history", $"the file {stray.Name} hangs on nothing of ours in Sage");
    }

    private void Item(ItemRow item)
    {
        var document = documents.FirstOrDefault(d => d.Item == item.Code);
        var last = publications[item.Id].LastOrDefault();
        if (!publications[item.Id].Select(p => p.Generation).SequenceEqual(Enumerable.Range(1, publications[item.Id].Count()).Select(g => (long)g)))
            Say("history", $"the publications of {item.Code} are not numbered one after the other");
        foreach (var publication in publications[item.Id].Where(p => p.RequestedBy is null)) Say("history", $"nobody asked for publication {publication.Generation} of {item.Code}");
        foreach (var publication in publications[item.Id].Where(p => p.Status is "Queued" or "Running")) Say("rest", $"publication {publication.Generation} of {item.Code} is still {publication.Status}");

        switch (item.Status)
        {
            case "Published":
                if (document is null) Say("missing", $"{item.Code} is said to be published and is not in Sage");
                else Published(item, document);
                break;
            case "Publishing":
                Say("rest", $"{item.Code} is being published for ever");
                break;
            case "Ready" or "ToReview":
                if (document is not null) Say("untold", $"{item.Code} is in Sage, and the screen says {item.Status}");
                if (last is { Status: not ("Failed" or "Cancelled" or "Withdrawn") }) Say("rest", $"{item.Code} is {item.Status}, and its publication is {last.Status}");
                if (last is { Status: "Failed" } && !steps[last.Id].Any(s => s is { Status: "Failed" or "Unknown", Problem: not null })) Say("history", $"nothing says why {item.Code} failed");
                if (item.Failure is { } failure && !Tells(failure)) Say("rest", $"{item.Code} failed without a sentence and an action");
                break;
            default:
                Say("rest", $"{item.Code} is {item.Status}");
                break;
        }
    }

    // What is in Sage may wait for nothing but the rest of its correction.
    private void Published(ItemRow item, SageDocument document)
    {
        void Differs(string what, object? here, object? there) => Say("content", $"{item.Code}: its {what} is {here} here and {there} in Sage");

        var (made, last) = (publications[item.Id].LastOrDefault(p => p.Purpose == "Publish"), publications[item.Id].LastOrDefault());
        if (made is not { Status: "Published" }) Say("history", $"{item.Code} is published, and its last publication is {made?.Status ?? "not there"}");
        else if (!steps[made.Id].Any(s => s.RemoteId == document.Id)) Say("history", $"no step of {item.Code} made {document.Id}");
        if (last is { Status: "Withdrawn" }) Say("history", $"{item.Code} is published, and was withdrawn last");
        if (item.SageDocumentId != document.Id) Differs("id", item.SageDocumentId, document.Id);
        if (!item.IsOpen)
        {
            if (item.Total != document.Total) Differs("total", item.Total, document.Total);
            if ((item.Tax ?? 0) != document.Tax) Differs("tax", item.Tax, document.Tax);
            if (item.Date != document.Date) Differs("date", item.Date, document.Date);
            if (item.Contact != document.Contact) Differs("contact", item.Contact, document.Contact);
            if (item.Category is not null && item.Category != document.Category) Differs("category", item.Category, document.Category);
            // Sage keeps the beginning of a long one.
            if (item.Reference is { } reference && document.Reference is { Length: > 0 } theirs && !reference.StartsWith(theirs, StringComparison.Ordinal)) Differs("reference", reference, theirs);
        }

        // A quick entry has no lines.
        if (document.LineTotals.Count > 0 && document.LineTotals.Sum() != document.Total) Say("sums", $"the lines of {item.Code} come to {document.LineTotals.Sum()} in Sage, its total is {document.Total}");
        if (!clicked.Any(s => s.Code == item.Code && (s.Total, s.Tax ?? 0, s.Date) == (document.Total, document.Tax, document.Date) && (s.Contact ?? document.Contact) == document.Contact && (item.IsOpen || s.ContactName == item.ContactName)))
            Say("seen", $"{item.Code} is in Sage otherwise than anybody saw it");
        if (item.WaitingBecause is not null && !item.IsOpen) Say("content", $"{item.Code} is published, and is said to wait: {item.WaitingBecause}");
        if (item.Failure is { } failure && !(last is { Purpose: not "Publish", Status: "Failed" } && Tells(failure))) Say("content", $"{item.Code} is published and carries a failure");
        Attached(item, document);
        Paid(item, document, last);
    }

    /// <summary>What is said to be paid is paid once; where Sage refused it, the item says so.</summary>
    private void Paid(ItemRow item, SageDocument document, PublicationRow? last)
    {
        var made = payments[document.Id].ToList();
        if (made.Count > 1) Say("payment", $"{item.Code} is paid {made.Count} times in Sage");
        if (made.Count == 1 && made[0] != item.Paid) Say("payment", $"{item.Code} is paid {made[0]} in Sage, and {item.Paid?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"} here");
        // Its withdrawal took the payment away before Sage refused the rest.
        var isTakenAway = item.PublishedWith is not null && last is { Purpose: "Withdraw", Status: "Failed" } && steps[last.Id].Any(s => s is { Kind: "RemovePayment", Status: "Done" });
        if (made.Count == 0 && item.Paid is not null && !isTakenAway && (item.PublishedWith is null || !WasRefused("/contact_payments", document.Id))) Say("payment", $"{item.Code} is not paid in Sage, and {item.PublishedWith ?? "nothing says so"}");
    }

    private void Attached(ItemRow item, SageDocument document)
    {
        var hung = files.Where(f => f.Document == document.Id).ToList();
        var isWanted = item is { FileName: not null, WithoutDocument: false, TakesFile: true };
        if (hung.Count > 1) Say("attachment", $"{item.Code} has {hung.Count} files in Sage");
        if (hung.Count > 0 && !isWanted) Say("attachment", $"{item.Code} has a file in Sage that it should not have");
        foreach (var file in hung.Where(f => isWanted && (f.Name != item.FileName || Convert.ToHexStringLower(SHA256.HashData(f.Content)) != item.FileHash)))
            Say("attachment", $"the file {file.Name} of {item.Code} is not ours");
        if (hung.Count == 0 && isWanted && (item.PublishedWith is null || !WasRefused("/attachments", document.Id))) Say("attachment", $"{item.Code} is in Sage without its document, and {item.PublishedWith ?? "nothing says so"}");
        if (item.PublishedWith is { } said && hung.Count > 0 == isWanted && payments[document.Id].Any() == item.Paid is not null && !WasRefused($"/{document.Kind}/", document.Id)) Say("content", $"{item.Code} is as it should be, and the screen says: {said}");
    }

    /// <summary>Only a refusal of Sage's own is a reason to go without.</summary>
    private bool WasRefused(string path, string document) => evidence.Log.Exists(l =>
        l.Told is >= 400 and < 500 and not (401 or 408 or 429) && l.Path.Contains(path, StringComparison.Ordinal) && (l.PathAndQuery + string.Join(' ', l.Headers.Select(h => h.Value)) + Encoding.UTF8.GetString(l.Body)).Contains(document, StringComparison.Ordinal));

    /// <summary>A contact that we made though one of that name was there already.</summary>
    private void NoContactTwice(IReadOnlySet<string> made, IReadOnlyList<ContactRow> knownHere, bool isVendor)
    {
        foreach (var ours in contacts.Where(c => c.IsVendor == isVendor && made.Contains(c.Id)))
        {
            if (contacts.Any(c => c.IsVendor == isVendor && !c.IsDeleted && c.Position < ours.Position && c.Organisation == ours.Organisation && string.Equals(c.Name, ours.Name, StringComparison.OrdinalIgnoreCase)))
                Say("contact", $"{ours.Name} is among Sage's contacts twice");
            if (knownHere.FirstOrDefault(s => s.SageId == ours.Id) is not { } known) Say("contact", $"we made {ours.Name} in Sage and do not know it");
            else if (businesses.Single(b => b.Id == Guid.Parse(known.Business)).OrganisationId != ours.Organisation) Say("tenants", $"the contact {ours.Name} was made in another organisation");
        }
    }

    private void NothingRetiredThatSageHas(IReadOnlyList<ContactRow> known)
    {
        foreach (var retired in known.Where(s => s.IsRetired && contacts.Any(c => c.Id == s.SageId && !c.IsDeleted))) Say("lists", $"{retired.Name} is retired here, and Sage has it");
    }

    private void Connections(IReadOnlyList<ConnectionRow> connections)
    {
        foreach (var connection in connections)
            if (connection is not ({ Status: "Connected", GrantStatus: "Live" } or { Status: "ReconnectNeeded", Reason: not null }))
                Say("connection", $"a connection is {connection.Status} with a grant that is {connection.GrantStatus}");
    }

    private void Lists(OurSide our, SageSide sage)
    {
        foreach (var business in businesses)
        {
            if (our.LastRefresh(business.Id.ToString().ToUpperInvariant()) is var end && end != "Completed") Say("lists", $"the last refresh of {business.Organisation} ended {end}");
            Compare("suppliers", business, our.Contacts("Suppliers").Where(s => !s.IsRetired).Select(s => (s.Business, s.SageId, s.Name)),
                contacts.Where(c => c is { IsVendor: true, IsSystem: false, IsDeleted: false }).Select(c => (c.Organisation, c.Id, c.Name)));
            Compare("customers", business, our.Entries("Customers"), contacts.Where(c => c is { IsVendor: false, IsSystem: false, IsDeleted: false }).Select(c => (c.Organisation, c.Id, c.Name)));
            Compare("categories", business, our.Entries("Categories"), sage.Names("ledger_accounts", "name"));
            Compare("tax rates", business, our.Entries("TaxRates").Select(r => (r.Business, r.SageId, "")), sage.Names("tax_rates", "name").Select(r => (r.Organisation, r.Id, "")));
        }
    }

    private void Compare(string list, OurBusiness business, IEnumerable<(string Business, string SageId, string Name)> ours, IEnumerable<(string Organisation, string Id, string Name)> theirs)
    {
        var here = ours.Where(e => Guid.Parse(e.Business) == business.Id).Select(e => $"{e.SageId} {e.Name}").ToHashSet(StringComparer.Ordinal);
        var there = theirs.Where(e => e.Organisation == business.OrganisationId).Select(e => $"{e.Id} {e.Name}").ToHashSet(StringComparer.Ordinal);
        if (here.Except(there).FirstOrDefault() is { } extra) Say("lists", $"the {list} of {business.Organisation} have {extra}, which Sage has not");
        if (there.Except(here).FirstOrDefault() is { } lacking) Say("lists", $"the {list} of {business.Organisation} lack {lacking}");
    }

    private static bool Tells(string failure) => JsonNode.Parse(failure) is JsonObject told && (string?)told["Sentence"] is { Length: > 0 } && (string?)told["Action"] is { Length: > 0 };

    private void Say(string rule, string sentence) => wrong.Add($"[{rule}] {sentence}");
}
