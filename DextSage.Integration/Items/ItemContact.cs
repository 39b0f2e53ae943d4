using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The two whom a document may name, the supplier and the customer: edited, looked up and reviewed alike.</summary>
internal abstract class ItemContact
{
    public static readonly ItemContact Supplier = new OfSuppliers();
    public static readonly ItemContact Customer = new OfCustomers();

    /// <summary>Whom this item is about: a sale its customer, a cost its supplier.</summary>
    public static ItemContact Of(Item item) => item.Workspace is Workspace.Sales ? Customer : Supplier;

    public abstract ItemField Field { get; }

    /// <summary>supplier, customer: in the middle of a sentence.</summary>
    public abstract string Word { get; }

    public abstract (Guid? Id, string? Name, bool Create) Read(Item item);
    public abstract void Write(Item item, Guid? id, string? name, bool create);

    public abstract ItemEdit Choose(Guid? id);
    public abstract ItemEdit New(string name);
    public abstract ItemEdit Call(string name);

    protected abstract Task<ContactEntry?> OfferedAsync(DextSageDb db, Guid id, CancellationToken cancellationToken);

    /// <summary>The first in Sage of this name; hidden ones too where asked for.</summary>
    protected abstract Task<ContactEntry?> CalledAsync(DextSageDb db, string name, bool isVisible, CancellationToken cancellationToken);

    /// <summary>What a name brings along of its own; the item is the editor's to change.</summary>
    protected virtual Task ProposeAsync(DextSageDb db, Item item, ContactEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Chooses an entry of the list, or none.</summary>
    public async Task<EditOutcome> ChooseAsync(DextSageDb db, Item item, Guid? id, CancellationToken cancellationToken)
    {
        if (id is null) return Set(item, null, null, create: false);
        // An id from outside counts only if it is on this business's own list.
        if (await OfferedAsync(db, id.Value, cancellationToken) is { } entry) return await ChooseAsync(db, item, entry, cancellationToken);
        return new EditOutcome($"That {Word} is not on the list any more. Choose another.");
    }

    /// <summary>Takes a name that Sage does not know, to be created there on Publish; one that it does know is chosen.</summary>
    public async Task<EditOutcome> CreateAsync(DextSageDb db, Item item, string name, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > ItemLimits.SupplierName) return new EditOutcome($"A {Word}'s name has 1 to {ItemLimits.SupplierName} characters.");
        var known = await db.OnceAsync($"{Word} called", name, async () => await CalledAsync(db, name, isVisible: true, cancellationToken) ?? await CalledAsync(db, name, isVisible: false, cancellationToken));
        return known is null ? Set(item, null, name, create: true) : await ChooseAsync(db, item, known, cancellationToken);
    }

    /// <summary>Puts back what the paper says, with nobody chosen.</summary>
    public EditOutcome Name(Item item, string name)
    {
        name = name.Trim();
        return name.Length == 0 ? new EditOutcome($"A {Word}'s name is not empty.") : Set(item, null, name, create: false);
    }

    /// <summary>The one that the item names and that is in Sage, but hidden here: it is not offered, and not matched by itself.</summary>
    public async Task<ContactEntry?> HiddenAsync(DextSageDb db, Item item, CancellationToken cancellationToken) =>
        Read(item) is (null, { Length: > 0 } name, false) ? await CalledAsync(db, name.Trim(), isVisible: false, cancellationToken) : null;

    private async Task<EditOutcome> ChooseAsync(DextSageDb db, Item item, ContactEntry entry, CancellationToken cancellationToken)
    {
        var outcome = Set(item, entry.Id, entry.Name, create: false);
        await ProposeAsync(db, item, entry, cancellationToken);
        return outcome;
    }

    private EditOutcome Set(Item item, Guid? id, string? name, bool create)
    {
        var undo = Read(item) switch
        {
            (_, { } former, true) => New(former),
            (null, { Length: > 0 } onPaper, _) => Call(onPaper),
            var (before, _, _) => Choose(before),
        };
        Write(item, id, name, create);
        return new EditOutcome(Refusal: null, undo);
    }

    private static async Task<ContactEntry?> CalledAsync<T>(IQueryable<T> entries, string name, bool isVisible, CancellationToken cancellationToken) where T : ContactEntry =>
        await entries.AsNoTracking().Where(c => c.Name == name && c.RetiredAt == null && !c.IsOwn && c.IsVisible == isVisible).OrderBy(c => c.Id).FirstOrDefaultAsync(cancellationToken);

    private sealed class OfSuppliers : ItemContact
    {
        public override ItemField Field => ItemField.Supplier;
        public override string Word => "supplier";
        public override (Guid? Id, string? Name, bool Create) Read(Item item) => (item.SupplierId, item.SupplierName, item.CreateSupplier);
        public override void Write(Item item, Guid? id, string? name, bool create) => (item.SupplierId, item.SupplierName, item.CreateSupplier) = (id, name, create);
        public override ItemEdit Choose(Guid? id) => new ItemEdit.SetSupplier(id);
        public override ItemEdit New(string name) => new ItemEdit.NewSupplier(name);
        public override ItemEdit Call(string name) => new ItemEdit.NameSupplier(name);
        protected override async Task<ContactEntry?> OfferedAsync(DextSageDb db, Guid id, CancellationToken cancellationToken) => await db.OfferedAsync(db.Suppliers, id, cancellationToken);
        protected override Task<ContactEntry?> CalledAsync(DextSageDb db, string name, bool isVisible, CancellationToken cancellationToken) => CalledAsync(db.Suppliers, name, isVisible, cancellationToken);

        // Sage's own proposal for this supplier, where nobody has chosen yet.
        protected override async Task ProposeAsync(DextSageDb db, Item item, ContactEntry entry, CancellationToken cancellationToken)
        {
            if (item.CategoryId is not null || entry.DefaultCategorySageId is not { } sageId) return;
            if (await db.OnceAsync("category of Sage's", sageId, () => db.Categories.AsNoTracking().SingleOrDefaultAsync(c => c.SageId == sageId && c.ForExpenses && c.RetiredAt == null, cancellationToken)) is not { } category) return;
            item.CategoryId = category.Id;
            item.TaxRateId ??= await db.ProposedTaxRateAsync(category, cancellationToken);
        }
    }

    private sealed class OfCustomers : ItemContact
    {
        public override ItemField Field => ItemField.Customer;
        public override string Word => "customer";
        public override (Guid? Id, string? Name, bool Create) Read(Item item) => (item.CustomerId, item.CustomerName, item.CreateCustomer);
        public override void Write(Item item, Guid? id, string? name, bool create) => (item.CustomerId, item.CustomerName, item.CreateCustomer) = (id, name, create);
        public override ItemEdit Choose(Guid? id) => new ItemEdit.SetCustomer(id);
        public override ItemEdit New(string name) => new ItemEdit.NewCustomer(name);
        public override ItemEdit Call(string name) => new ItemEdit.NameCustomer(name);
        protected override async Task<ContactEntry?> OfferedAsync(DextSageDb db, Guid id, CancellationToken cancellationToken) => await db.OfferedAsync(db.Customers, id, cancellationToken);
        protected override Task<ContactEntry?> CalledAsync(DextSageDb db, string name, bool isVisible, CancellationToken cancellationToken) => CalledAsync(db.Customers, name, isVisible, cancellationToken);
    }
}
