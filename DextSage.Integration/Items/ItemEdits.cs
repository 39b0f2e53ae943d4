using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What one edit does to an item: refuses with a sentence, or sets the field and names the edit that takes it back.</summary>
internal static class ItemEdits
{
    public static async Task<EditOutcome> ApplyAsync(DextSageDb db, Item item, ItemEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (edit)
        {
            case ItemEdit.SetType(var type):
                if (!Enum.IsDefined(type)) return Refused("There is no such type.");
                return Set(item.Type, v => new ItemEdit.SetType(v), () => item.Type = type);

            case ItemEdit.SetSupplier(var id):
                return await ItemContact.Supplier.ChooseAsync(db, item, id, cancellationToken);
            case ItemEdit.NewSupplier(var name):
                return await ItemContact.Supplier.CreateAsync(db, item, name, cancellationToken);
            case ItemEdit.NameSupplier(var name):
                return ItemContact.Supplier.Name(item, name);
            case ItemEdit.SetCustomer(var id):
                return await ItemContact.Customer.ChooseAsync(db, item, id, cancellationToken);
            case ItemEdit.NewCustomer(var name):
                return await ItemContact.Customer.CreateAsync(db, item, name, cancellationToken);
            case ItemEdit.NameCustomer(var name):
                return ItemContact.Customer.Name(item, name);

            case ItemEdit.SetCategory(var id):
                var category = id is null ? null : await db.OfferedCategoryAsync(item.Workspace, id.Value, cancellationToken);
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

            case ItemEdit.SetExchangeRate(var rate) typed:
                if (rate is <= 0 or > ItemLimits.ExchangeRate || (rate is { } r && decimal.Round(r, 8) != r)) return Refused("An exchange rate is more than zero and has at most eight decimals.");
                var source = item.ExchangeRateSource ?? ExchangeRateSource.Person;
                return Set(item.ExchangeRate, v => new ItemEdit.SetExchangeRate(v) { Source = source }, () => (item.ExchangeRate, item.ExchangeRateSource) = (rate, rate is null ? null : typed.Source));

            case ItemEdit.SetPublishWithoutDocument(var without):
                return Set(item.PublishWithoutDocument, v => new ItemEdit.SetPublishWithoutDocument(v), () => item.PublishWithoutDocument = without);
            case ItemEdit.SetPublishTo(var to):
                if (to is { } chosen && !Destinations.For(item.Workspace).Contains(chosen)) return Refused($"{item.Workspace} are not published there.");
                return Set(item.PublishTo, v => new ItemEdit.SetPublishTo(v), () => item.PublishTo = to);
            case ItemEdit.SetPaid(var paid):
                return Set(item.IsPaid, v => new ItemEdit.SetPaid(v), () => item.IsPaid = paid);
            case ItemEdit.SetPaymentMethod(var id):
                var method = id is null ? null : await db.OnceAsync("payment method", id, () => db.PaymentMethods.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.RemovedAt == null, cancellationToken));
                if (id is not null && method is null) return Refused("That payment method is not on the list any more. Choose another.");
                return Set(item.PaymentMethodId, v => new ItemEdit.SetPaymentMethod(v), () => (item.PaymentMethodId, item.PaymentMethodName) = (id, method is null ? null : PaymentMethod.FullName(method.Name, method.LastDigits)));
            case ItemEdit.SetPaidOn(var date):
                if (date is { Year: < 1990 or > 2100 }) return Refused("That is no date a payment could have.");
                return Set(item.PaidOn, v => new ItemEdit.SetPaidOn(v), () => item.PaidOn = date);
            case ItemEdit.SetPaidAmount(var amount):
                return AmountProblem("Amount paid", amount) is { } wrongPaid ? Refused(wrongPaid) : Set(item.PaidAmount, v => new ItemEdit.SetPaidAmount(v), () => item.PaidAmount = amount);
            case ItemEdit.SetReverseCharge(var reverse):
                return Set(item.ReverseCharge, v => new ItemEdit.SetReverseCharge(v), () => item.ReverseCharge = reverse);
            case ItemEdit.SetFlag(var by):
                return SetText("What flags it", by, ItemLimits.Because, item.FlaggedBy, v => new ItemEdit.SetFlag(v), v => item.FlaggedBy = v);
            case ItemEdit.SetHeld(var by):
                return SetText("What holds it", by, ItemLimits.Because, item.HeldBy, v => new ItemEdit.SetHeld(v), v => item.HeldBy = v);
            case ItemEdit.SetOwner(var person):
                if (!await db.OnceAsync("member", person, () => db.Memberships.AnyAsync(m => m.PersonId == person, cancellationToken))) return Refused("That person does not belong to this business any more.");
                return Set(item.OwnerId, v => new ItemEdit.SetOwner(v), () => item.OwnerId = person);
            case ItemEdit.MoveTo move:
                if (!Enum.IsDefined(move.Workspace)) return Refused("There is no such workspace.");
                return Move(item, move);
            case ItemEdit.PutInto(var place):
                if (!Enum.IsDefined(place)) return Refused("There is no such place.");
                return Set(item.Place, v => place is Place.Bin ? new ItemEdit.Restore() : new ItemEdit.PutInto(v), () => item.PutInto(place, now));
            case ItemEdit.Restore:
                var former = await CameFromAsync(db, item, cancellationToken);
                return Set(item.Place, v => new ItemEdit.PutInto(v), () => item.PutInto(former, now));

            case ItemEdit.AddLine or ItemEdit.RemoveLine or ItemEdit.MoveLine or ItemEdit.EditLine or ItemEdit.EditLines or ItemEdit.ReplaceLines or ItemEdit.Split or ItemEdit.SetLineAmounts:
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
        ItemEdit.SetPublishTo => ItemField.PublishTo,
        ItemEdit.SetPaid => ItemField.Paid,
        ItemEdit.SetPaymentMethod => ItemField.PaymentMethod,
        ItemEdit.SetPaidOn => ItemField.PaidOn,
        ItemEdit.SetPaidAmount => ItemField.PaidAmount,
        ItemEdit.SetReverseCharge => ItemField.ReverseCharge,
        ItemEdit.SetFlag => ItemField.Flag,
        ItemEdit.SetHeld => ItemField.Held,
        ItemEdit.SetOwner => ItemField.Owner,
        ItemEdit.MoveTo => ItemField.Workspace,
        ItemEdit.PutInto or ItemEdit.Restore => ItemField.Place,
        ItemEdit.AddLine or ItemEdit.RemoveLine or ItemEdit.MoveLine or ItemEdit.EditLine or ItemEdit.EditLines or ItemEdit.ReplaceLines or ItemEdit.Split or ItemEdit.SetLineAmounts => ItemField.Lines,
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null),
    };

    /// <summary>The type goes along: what was an invoice of somebody's is one of ours now. Each workspace has destinations of its own.</summary>
    private static EditOutcome Move(Item item, ItemEdit.MoveTo move)
    {
        var undo = new ItemEdit.MoveTo(item.Workspace) { As = item.Type, PublishTo = item.PublishTo };
        item.Workspace = move.Workspace;
        item.PublishTo = move.PublishTo;
        item.Type = move.As ?? (move.Workspace, item.Type) switch
        {
            (Workspace.Sales, ItemType.Invoice or ItemType.Receipt) => ItemType.SalesInvoice,
            (Workspace.Costs, ItemType.SalesInvoice) => ItemType.Invoice,
            (_, var same) => same,
        };
        return new EditOutcome(Refusal: null, undo);
    }

    // What is restored goes back to where it lay.
    private static async Task<Place> CameFromAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        var from = await db.ItemChanges.AsNoTracking().Where(c => c.ItemId == item.Id && c.Field == ItemField.Place && c.To == nameof(Place.Bin))
            .OrderByDescending(c => c.Version).Select(c => c.From).FirstOrDefaultAsync(cancellationToken);
        return Enum.TryParse<Place>(from, out var place) && place is not Place.Bin ? place : Place.Inbox;
    }

    internal static string NoCategory(Workspace workspace) =>
        $"That category is not on the list any more, or Sage does not take it for {(workspace is Workspace.Sales ? "sales" : "expenses")}. Choose another.";

    // The order Sage's own screens follow: what somebody chose, or else the account's default rate (Sage API 8.3).
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
