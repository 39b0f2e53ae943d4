using System.Reflection;
using Bunit;
using DextSage.App.Items;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Tests.Layout;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>The dialog that asks before an item leaves Sage says what Sage says, and offers nothing that Sage would refuse.</summary>
public sealed class WithdrawTests : Screen
{
    private const string Code = "INSAGE0000";
    private readonly Grant grant;

    public WithdrawTests()
    {
        grant = new Grant { BusinessId = Business.Id, PersonId = MemberAs(Role.Admin).Caller.PersonId, Sealed = "", CreatedAt = ItemViews.Then, IssuedAt = ItemViews.Then, AccessExpiresAt = ItemViews.Then, RefreshExpiresAt = ItemViews.Then };
        Services.AddSingleton(ShownSage.Of(() => Shown));
    }

    private SageAnswer<SageDocument> Shown { get; set; } = SageAnswer<SageDocument>.Success(Bill, null);

    private static SageDocument Bill => new() { Id = "d1", DisplayedAs = "PI-7", TotalAmount = 120, OutstandingAmount = 120, Date = new(2026, 11, 2), Status = new() { Id = "UNPAID" } };

    [Fact]
    public async Task Its_consequences_are_listed_before_and_one_click_means_it()
    {
        var (dialog, answer) = await ShowAsync();

        dialog.WaitForAssertion(() => Assert.Contains("The purchase invoice PI-7 of 120.00 GBP is deleted in Sage.", dialog.Markup, StringComparison.Ordinal));
        Assert.Contains("can be published again", dialog.Markup, StringComparison.Ordinal);
        await Button(dialog, "Withdraw from Sage")!.ClickAsync(new());
        Assert.True(await answer());
    }

    [Fact]
    public async Task What_Sage_would_refuse_is_said_and_not_offered()
    {
        Shown = SageAnswer<SageDocument>.Success(Bill with { OutstandingAmount = 20, Status = new() { Id = "PART_PAID" } }, null);

        var (dialog, answer) = await ShowAsync();

        dialog.WaitForAssertion(() => Assert.Contains("100.00 GBP of it is paid or allocated in Sage", dialog.Markup, StringComparison.Ordinal));
        Assert.Null(Button(dialog, "Withdraw from Sage"));
        await Button(dialog, "Leave it in Sage")!.ClickAsync(new());
        Assert.False(await answer());
    }

    [Fact]
    public async Task Where_Sage_cannot_be_asked_nothing_is_offered_either()
    {
        Shown = SageAnswer<SageDocument>.Failed(new() { Kind = SageFailureKind.NoAnswer });

        var (dialog, _) = await ShowAsync();

        dialog.WaitForAssertion(() => Assert.Contains("Sage could not be asked", dialog.Markup, StringComparison.Ordinal));
        Assert.Null(Button(dialog, "Withdraw from Sage"));
    }

    [Fact]
    public async Task Where_Sage_takes_no_correction_withdrawing_is_offered_before_anything_is_typed()
    {
        Shown = SageAnswer<SageDocument>.Success(Bill with { TaxReconciled = true }, null);
        await PublishedAsync();
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        Task<CorrectChoice>? asked = null;
        await provider.InvokeAsync(() => { asked = CorrectDialog.ShowAsync(Services.GetRequiredService<IDialogService>(), MemberAs(Role.Admin).Caller, Code); });

        provider.WaitForAssertion(() => Assert.Contains("VAT return", provider.Markup, StringComparison.Ordinal));
        Assert.Null(Button(provider, "Open it for correction"));
        await Button(provider, "Withdraw it instead…")!.ClickAsync(new());
        Assert.Equal(CorrectChoice.Withdraw, await asked!);
    }

    [Fact]
    public void A_published_item_is_withdrawn_by_those_who_may()
    {
        var published = ItemViews.Ready with { Status = ItemStatus.Published, SageNumber = "PI-7", Locked = "In Sage." };
        Assert.DoesNotContain("Withdraw", Render<PublicationPanel>(p => p.Add(x => x.Item, published)).Markup, StringComparison.Ordinal);
        Assert.Contains("Withdraw…", Render<PublicationPanel>(p => p.Add(x => x.Item, published).Add(x => x.OnWithdraw, () => Task.CompletedTask)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void While_it_is_withdrawn_nothing_says_that_it_is_published()
    {
        var panel = Render<PublicationPanel>(p => p.Add(x => x.Item, ItemViews.Ready with { Status = ItemStatus.Publishing, SageNumber = "PI-7" }).Add(x => x.Purpose, PublicationPurpose.Withdraw).Add(x => x.OnCancel, () => Task.CompletedTask));

        Assert.Contains("Withdrawing from Sage", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Leave it as it is in Sage", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Sage_refused_is_left_as_it_is_by_one_click()
    {
        var left = 0;
        var published = ItemViews.Ready with { Status = ItemStatus.Published, Locked = "In Sage.", Failure = new(nameof(PublishFailureKind.VatReturnFiled), null, "It is part of a return.", "Leave it.", null) };
        var panel = Render<FailurePanel>(p => p
            .AddCascadingValue(new ItemEditing(published, Last: null, new FieldPlaces(), (_, _, _) => throw new InvalidOperationException(), () => Task.CompletedTask))
            .Add(x => x.Slug, "marsh").Add(x => x.OnLeave, () => { left++; return Task.CompletedTask; }));

        Assert.Contains("Sage refused the last change", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("/b/marsh/help/publishing/vat-return-filed", panel.Find("a").GetAttribute("href"));
        panel.Find("button").Click();
        Assert.Equal(1, left);
    }

    [Fact]
    public async Task The_proof_holds_no_text_before_it_is_opened()
    {
        await PublishedAsync();

        var tab = RenderAs<ItemPublishingTab>(Role.Admin, p => p.Add(t => t.Code, Code));
        tab.WaitForAssertion(() => Assert.Contains("1. Published as PI-7", tab.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("vendor_reference", tab.Markup, StringComparison.Ordinal);
        Assert.EndsWith($"/b/marsh/proof/{Code}", tab.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(tab.Find("#publication-1"));

        await tab.Find("button[aria-expanded=false]").ClickAsync(new());
        Assert.Contains("\"vendor_reference\": \"A&amp;B\"", tab.Find("pre").InnerHtml, StringComparison.Ordinal);
        Assert.Contains("POST /purchase_invoices", tab.Markup, StringComparison.Ordinal);
        await tab.Find("button[aria-expanded=true]").ClickAsync(new());
        Assert.DoesNotContain("vendor_reference", tab.Markup, StringComparison.Ordinal);
    }

    private async Task<(IRenderedComponent<MudDialogProvider> Dialog, Func<Task<bool>> Answer)> ShowAsync()
    {
        await PublishedAsync();
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        Task<bool>? asked = null;
        await provider.InvokeAsync(() => { asked = WithdrawDialog.ShowAsync(Services.GetRequiredService<IDialogService>(), MemberAs(Role.Admin).Caller, Code); });
        return (provider, () => asked!);
    }

    private async Task PublishedAsync()
    {
        await SettleInAsync();
        const string organisation = "0123456789abcdef0123456789abcdef";
        var item = new Item
        {
            BusinessId = Business.Id, Code = Code, OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.Published, Place = Place.Archive,
            Currency = "GBP", Total = 120, Tax = 20, PublishTo = PublishTo.PurchaseInvoice, SageDocumentId = "d1", SageNumber = "PI-7", PublishedAt = ItemViews.Then,
        };
        var publication = new Publication
        {
            BusinessId = Business.Id, ItemId = item.Id, Generation = 1, RequestedById = item.OwnerId, RequestedAt = ItemViews.Then, EndedAt = ItemViews.Then, Status = PublicationStatus.Published, OrganisationId = organisation, SageNumber = "PI-7",
        };
        publication.Steps.Add(new PublicationStep
        {
            PublicationId = publication.Id, BusinessId = Business.Id, Kind = StepKind.CreateDocument, IdempotencyId = new string('a', 32), Status = StepStatus.Done, StartedAt = ItemViews.Then, SentAt = ItemViews.Then, EndedAt = ItemViews.Then, Tries = 1,
            Request = "POST /purchase_invoices", Body = """{"purchase_invoice":{"vendor_reference":"A&B"}}""", AnswerStatus = 201, Answer = """{"id":"d1"}""",
        });
        await WriteAsync(grant, new Connection { BusinessId = Business.Id, Status = ConnectionStatus.Connected, GrantId = grant.Id, OrganisationId = organisation, OrganisationName = "Marsh & Daughters Ltd", Country = "GB", Plan = "Plus" }, item, publication);
    }

    private static AngleSharp.Dom.IElement? Button(IRenderedComponent<MudDialogProvider> dialog, string words) => dialog.FindAll("button").FirstOrDefault(b => b.TextContent.Contains(words, StringComparison.Ordinal));
}

/// <summary>A Sage that shows one document, has no settings to see, and does nothing else.</summary>
public class ShownSage : DispatchProxy
{
    private Func<SageAnswer<SageDocument>> document = null!;

    public static ISageClient Of(Func<SageAnswer<SageDocument>> document)
    {
        var sage = Create<ISageClient, ShownSage>();
        ((ShownSage)(object)sage).document = document;
        return sage;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(ISageClient.DocumentAsync) => Task.FromResult(document()),
        nameof(ISageClient.FinancialSettingsAsync) => Task.FromResult(SageAnswer<SageFinancialSettings>.Failed(new() { Kind = SageFailureKind.AccessDenied })),
        var other => throw new InvalidOperationException($"Nobody expected {other}."),
    };
}
