using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What one edit does to an item: refuses with a sentence, or sets the field and names the edit that takes it back.</summary>
internal static class ItemEdits
{
    public static async Task<EditOutcome> ApplyAsync(DextSageDb db, Item item, ItemEdit edit, CancellationToken cancellationToken)
    {
        switch (edit)
        {
            case ItemEdit.SetType(var type):
                if (!Enum.IsDefined(type)) return Refused("There is no such type.");
                return Set(item.Type, v => new ItemEdit.SetType(v), () => item.Type = type);

            case ItemEdit.SetSupplier(null):
                return SetSupplier(item, id: null, name: null);
            case ItemEdit.SetSupplier({ } id):
                // An id from outside counts only if it is on this business's own list.
                return await db.OfferedAsync(db.Suppliers, id, cancellationToken) is { } supplier
                    ? await SetSupplierAsync(db, item, supplier, cancellationToken)
                    : Refused("That supplier is not on the list any more. Choose another.");
            case ItemEdit.NewSupplier(var name):
                name = name.Trim();
                if (name.Length is 0 or > ItemLimits.SupplierName) return Refused($"A supplier's name has 1 to {ItemLimits.SupplierName} characters.");
                if (await db.Suppliers.Where(s => s.Name == name && s.RetiredAt == null && !s.IsOwn).FirstOrDefaultAsync(cancellationToken) is { } known)
                    return await SetSupplierAsync(db, item, known, cancellationToken);
                return SetSupplier(item, id: null, name, create: true);

            case ItemEdit.NameSupplier(var name):
                name = name.Trim();
                return name.Length == 0 ? Refused("A supplier's name is not empty.") : SetSupplier(item, id: null, name);

            case ItemEdit.SetCustomer(null):
                return SetCustomer(item, id: null, name: null);
            case ItemEdit.SetCustomer({ } id):
                return await db.OfferedAsync(db.Customers, id, cancellationToken) is { } customer
                    ? SetCustomer(item, customer.Id, customer.Name)
                    : Refused("That customer is not on the list any more. Choose another.");
            case ItemEdit.NewCustomer(var name):
                name = name.Trim();
                if (name.Length is 0 or > ItemLimits.SupplierName) return Refused($"A customer's name has 1 to {ItemLimits.SupplierName} characters.");
                return await db.Customers.Where(s => s.Name == name && s.RetiredAt == null && !s.IsOwn).FirstOrDefaultAsync(cancellationToken) is { } there
                    ? SetCustomer(item, there.Id, there.Name)
                    : SetCustomer(item, id: null, name, create: true);
            case ItemEdit.NameCustomer(var name):
                name = name.Trim();
                return name.Length == 0 ? Refused("A customer's name is not empty.") : SetCustomer(item, id: null, name);

            case ItemEdit.SetCategory(var id):
                var category = id is null ? null : await db.OfferedAsync(db.CategoriesFor(item.Workspace), id.Value, cancellationToken);
                if (id is not null && category is null) return Refused(NoCategory(item.Workspace));
                var before = item.CategoryId;
                item.CategoryId = id;
                await ProposeTaxRateAsync(db, item, category, cancellationToken);
                return new EditOutcome(Refusal: null, new ItemEdit.SetCategory(before));

            case ItemEdit.SetTaxRate(var id):
                if (id is not null && await db.OfferedAsync(db.TaxRates, id.Value, cancellationToken) is null) return Refused("That tax rate is not on the list any more. Choose another.");
                return Set(item.TaxRateId, v => new ItemEdit.SetTaxRate(v), () => item.TaxRateId = id);
            case ItemEdit.SetClass(var id):
                if (id is not null && await db.ClassAsync(id.Value, cancellationToken) is null) return Refused("That class is not on the list any more. Choose another.");
                return Set(item.ClassId, v => new ItemEdit.SetClass(v), () => item.ClassId = id);
            case ItemEdit.SetLocation(var id):
                if (id is not null && await db.LocationAsync(id.Value, cancellationToken) is null) return Refused("That location is not on the list any more. Choose another.");
                return Set(item.LocationId, v => new ItemEdit.SetLocation(v), () => item.LocationId = id);

            case ItemEdit.SetDate(var date):
                if (date is { Year: < 1990 or > 2100 }) return Refused("That is no date a document could have.");
                return Set(item.Date, v => new ItemEdit.SetDate(v), () => item.Date = date);
            case ItemEdit.SetDueDate(var date):
                if (date is { Year: < 1990 or > 2100 }) return Refused("That is no date a document could have.");
                return Set(item.DueDate, v => new ItemEdit.SetDueDate(v), () => item.DueDate = date);

            case ItemEdit.SetReference(var text):
                return SetText("Document reference", text, ItemLimits.Reference, item.Reference, v => new ItemEdit.SetReference(v), v => item.Reference = v);
            case ItemEdit.SetDescription(var text):
                return SetText("Description", text, ItemLimits.Description, item.Description, v => new ItemEdit.SetDescription(v), v => item.Description = v);
            case ItemEdit.SetNote(var text):
                return SetText("Note", text, ItemLimits.Note, item.Note, v => new ItemEdit.SetNote(v), v => item.Note = v);

            case ItemEdit.SetCurrency(var code):
                code = code?.Trim().ToUpperInvariant();
                if (code is not (null or { Length: 3 }) || code?.Any(c => !char.IsAsciiLetterUpper(c)) == true) return Refused("A currency is three letters, such as GBP.");
                return Set(item.Currency, v => new ItemEdit.SetCurrency(v), () => item.Currency = code);

            case ItemEdit.SetTotal(var amount):
                return AmountProblem("Total amount", amount) is { } wrongTotal ? Refused(wrongTotal) : Set(item.Total, v => new ItemEdit.SetTotal(v), () => item.Total = amount);
            case ItemEdit.SetTax(var amount):
                if (AmountProblem("Tax", amount) is { } wrongTax) return Refused(wrongTax);
                if (amount > item.Total) return Refused("The tax cannot be more than the total.");
                return Set(item.Tax, v => new ItemEdit.SetTax(v), () => item.Tax = amount);

            case ItemEdit.SetExchangeRate(var rate):
                if (rate is <= 0 or > ItemLimits.ExchangeRate || (rate is { } r && decimal.Round(r, 8) != r)) return Refused("An exchange rate is more than zero and has at most eight decimals.");
                return Set(item.ExchangeRate, v => new ItemEdit.SetExchangeRate(v), () => (item.ExchangeRate, item.ExchangeRateSource) = (rate, rate is null ? null : ExchangeRateSource.Person));

            case ItemEdit.SetPublishWithoutDocument(var without):
                return Set(item.PublishWithoutDocument, v => new ItemEdit.SetPublishWithoutDocument(v), () => item.PublishWithoutDocument = without);
            case ItemEdit.SetOwner(var person):
                if (!await db.Memberships.AnyAsync(m => m.PersonId == person, cancellationToken)) return Refused("That person does not belong to this business any more.");
                return Set(item.OwnerId, v => new ItemEdit.SetOwner(v), () => item.OwnerId = person);
            case ItemEdit.MoveTo(var workspace):
                if (!Enum.IsDefined(workspace)) return Refused("There is no such workspace.");
                return Move(item, workspace);

            case ItemEdit.AddLine or ItemEdit.RemoveLine or ItemEdit.EditLine or ItemEdit.ReplaceLines or ItemEdit.SetLineAmounts:
                return await LineEdits.ApplyAsync(db, item, edit, cancellationToken);

            default:
                throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null);
        }
    }

    public static ItemField FieldOf(ItemEdit edit) => edit switch
    {
        ItemEdit.SetType => ItemField.Type,
        ItemEdit.SetSupplier or ItemEdit.NewSupplier or ItemEdit.NameSupplier => ItemField.Supplier,
        ItemEdit.SetCategory => ItemField.Category,
        ItemEdit.SetTaxRate => ItemField.TaxRate,
        ItemEdit.SetDate => ItemField.Date,
        ItemEdit.SetDueDate => ItemField.DueDate,
        ItemEdit.SetReference => ItemField.Reference,
        ItemEdit.SetDescription => ItemField.Description,
        ItemEdit.SetNote => ItemField.Note,
        ItemEdit.SetCurrency => ItemField.Currency,
        ItemEdit.SetTotal => ItemField.Total,
        ItemEdit.SetTax => ItemField.Tax,
        ItemEdit.SetPublishWithoutDocument => ItemField.Document,
        ItemEdit.SetCustomer or ItemEdit.NewCustomer or ItemEdit.NameCustomer => ItemField.Customer,
        ItemEdit.SetClass => ItemField.Class,
        ItemEdit.SetLocation => ItemField.Location,
        ItemEdit.SetExchangeRate => ItemField.ExchangeRate,
        ItemEdit.SetOwner => ItemField.Owner,
        ItemEdit.MoveTo => ItemField.Workspace,
        ItemEdit.AddLine or ItemEdit.RemoveLine or ItemEdit.EditLine or ItemEdit.ReplaceLines or ItemEdit.SetLineAmounts => ItemField.Lines,
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null),
    };

    private static async Task<EditOutcome> SetSupplierAsync(DextSageDb db, Item item, Supplier supplier, CancellationToken cancellationToken)
    {
        var outcome = SetSupplier(item, supplier.Id, supplier.Name);
        // Sage's own proposal for this supplier, where nobody has chosen yet.
        if (item.CategoryId is null && supplier.DefaultCategorySageId is { } sageId
            && await db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.SageId == sageId && c.ForExpenses && c.RetiredAt == null, cancellationToken) is { } category)
        {
            item.CategoryId = category.Id;
            await ProposeTaxRateAsync(db, item, category, cancellationToken);
        }
        return outcome;
    }

    private static EditOutcome SetSupplier(Item item, Guid? id, string? name, bool create = false)
    {
        ItemEdit undo = item switch
        {
            { CreateSupplier: true, SupplierName: { } former } => new ItemEdit.NewSupplier(former),
            { SupplierId: null, SupplierName: { Length: > 0 } onPaper } => new ItemEdit.NameSupplier(onPaper),
            _ => new ItemEdit.SetSupplier(item.SupplierId),
        };
        (item.SupplierId, item.SupplierName, item.CreateSupplier) = (id, name, create);
        return new EditOutcome(Refusal: null, undo);
    }

    private static EditOutcome SetCustomer(Item item, Guid? id, string? name, bool create = false)
    {
        ItemEdit undo = item switch
        {
            { CreateCustomer: true, CustomerName: { } former } => new ItemEdit.NewCustomer(former),
            { CustomerId: null, CustomerName: { Length: > 0 } onPaper } => new ItemEdit.NameCustomer(onPaper),
            _ => new ItemEdit.SetCustomer(item.CustomerId),
        };
        (item.CustomerId, item.CustomerName, item.CreateCustomer) = (id, name, create);
        return new EditOutcome(Refusal: null, undo);
    }

    /// <summary>The type goes along: what was an invoice of somebody's is one of ours now.</summary>
    private static EditOutcome Move(Item item, Workspace workspace)
    {
        var before = item.Workspace;
        item.Workspace = workspace;
        if (workspace is Workspace.Sales && item.Type is ItemType.Invoice or ItemType.Receipt) item.Type = ItemType.SalesInvoice;
        else if (workspace is Workspace.Costs && item.Type is ItemType.SalesInvoice) item.Type = ItemType.Invoice;
        return new EditOutcome(Refusal: null, new ItemEdit.MoveTo(before));
    }

    // The order Sage's own screens follow: what somebody chose, or else the account's default rate (Sage API 8.3).
    internal static string NoCategory(Workspace workspace) =>
        $"That category is not on the list any more, or Sage does not take it for {(workspace is Workspace.Sales ? "sales" : "expenses")}. Choose another.";

    private static async Task ProposeTaxRateAsync(DextSageDb db, Item item, Category? category, CancellationToken cancellationToken)
    {
        item.TaxRateId ??= await db.ProposedTaxRateAsync(category, cancellationToken);
    }

    private static string? AmountProblem(string name, decimal? amount) => amount switch
    {
        null => null,
        < 0 => $"{name} cannot be less than zero.",
        > ItemLimits.Amount => $"{name} cannot be more than {ItemLimits.Amount:N2}.",
        { } value when decimal.Round(value, 2) != value => $"{name} has at most two decimals.",
        _ => null,
    };

    private static EditOutcome SetText(string name, string? text, int longest, string? before, Func<string?, ItemEdit> undo, Action<string?> set)
    {
        text = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        return text?.Length > longest ? Refused($"{name} has at most {longest} characters; this has {text.Length}.") : Set(before, undo, () => set(text));
    }

    private static EditOutcome Set<T>(T before, Func<T, ItemEdit> undo, Action set)
    {
        set();
        return new EditOutcome(Refusal: null, undo(before));
    }

    private static EditOutcome Refused(string sentence) => new(sentence);
}
