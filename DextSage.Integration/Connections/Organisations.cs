using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <summary>The wizard's last step: which of the organisations behind a sign-in this business belongs to.</summary>
public sealed class Organisations(BusinessStore store, ISageClient sage, IEnumerable<IWhenConnected> followers, IEnumerable<IWhenLeft> leavers,
    JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>The organisations that the sign-in of this request reaches; null where the step no longer stands.</summary>
    public async Task<OrganisationChoice?> ListAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        if (await FindOpenAsync(scope.Db, caller, requestId, cancellationToken) is not { } request) return null;
        var connection = await scope.Db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var answer = await sage.BusinessesAsync(new SageTarget(request.GrantId!.Value, SageBusinessId: null), cancellationToken);
        if (answer.Failure is { } failure) throw new SageUnreachableException(failure.Kind.Sentence);

        var organisations = new List<Organisation>();
        foreach (var business in answer.Value!.Items.Where(b => b.Id is not null))
            organisations.Add(await DescribeAsync(request.GrantId.Value, business, cancellationToken));
        return new OrganisationChoice(request.Intent, [.. organisations.OrderBy(o => o.Name, StringComparer.CurrentCultureIgnoreCase)], connection?.OrganisationId, MayMove(request, connection));
    }

    /// <summary>Connects, or reconnects, to the organisation, and sets going what follows from it.</summary>
    /// <param name="clearCodings">Where it is another than before: take from open items what they are coded with, instead of keeping it to be matched.</param>
    public async Task<ChoiceOutcome> ChooseAsync(Caller caller, Guid requestId, string organisationId, bool clearCodings = false, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var db = scope.Db;
        if (await FindOpenAsync(db, caller, requestId, cancellationToken) is not { GrantId: { } grantId } request)
            return new(WizardProblem.StepGone, Chosen: null, Expected: null);

        var answer = await sage.BusinessAsync(new SageTarget(grantId, SageBusinessId: null), organisationId, cancellationToken);
        if (answer.Value is not { Id: { } id } business)
            return new(answer.Failure?.Kind.MayPass() == true ? WizardProblem.SageUnavailable : WizardProblem.StepGone, Chosen: null, Expected: null);
        var name = business.Name ?? business.DisplayedAs ?? id;
        if (business.Plan is null) return new(WizardProblem.InactiveSubscription, name, Expected: null);

        var connection = await db.Connections.SingleOrDefaultAsync(cancellationToken);
        if (connection?.OrganisationId is { } current && current != id)
        {
            if (!MayMove(request, connection)) return new(WizardProblem.OtherOrganisation, name, connection.OrganisationName);
            await LeaveAsync(connection, caller.PersonId, clearCodings);
        }

        if (connection is null) db.Add(connection = new Connection { BusinessId = caller.BusinessId });
        await ConnectAsync(db, connection, request, business, cancellationToken);
        return new(Problem: null, name, Expected: null);
    }

    /// <summary>A reconnect comes back to the same organisation; another one is a decision of its own, or follows a disconnect.</summary>
    private static bool MayMove(AuthorisationRequest request, Connection? connection) =>
        request.Intent is AuthorisationIntent.Change || connection is null or { Status: ConnectionStatus.Disconnected };

    // Before anything points to the new organisation. What was found out of the former one says nothing of it.
    private async Task LeaveAsync(Connection connection, Guid personId, bool clearCodings)
    {
        var leaving = new Leaving(connection.BusinessId, connection.OrganisationName ?? "the former organisation", KeepsLists: false, IsForAnother: true, personId) { ClearsCodings = clearCodings };
        foreach (var leaver in leavers) await leaver.LeftAsync(leaving);
        (connection.OrganisationId, connection.OrganisationName, connection.Country, connection.Plan) = (null, null, null, null);
        (connection.BaseCurrency, connection.VatRegistered, connection.AccountsStartDate, connection.LastRefreshedAt) = (null, null, null, null);
    }

    private async Task ConnectAsync(DextSageDb db, Connection connection, AuthorisationRequest request, SageBusiness business, CancellationToken cancellationToken)
    {
        var settings = (await sage.FinancialSettingsAsync(new SageTarget(request.GrantId!.Value, business.Id), cancellationToken)).Value;
        var now = time.GetUtcNow();
        var isFirst = connection.OrganisationId is null;

        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var former = connection.GrantId;
        connection.Status = ConnectionStatus.Connected;
        connection.Reason = null;
        connection.GrantId = request.GrantId;
        connection.OrganisationId = business.Id;
        connection.AuthorisedById = request.PersonId;
        connection.AuthorisedAt = now;
        (connection.CheckedAt, connection.LastCallAt, connection.Trouble, connection.TroubleSince) = (now, now, null, null);
        connection.Version++;
        OrganisationFacts.Apply(connection, business, settings);
        await db.SaveChangesAsync(CancellationToken.None);

        // The pair that was in force is of no more use to anybody.
        await db.Grants.Where(g => g.Id == former && g.Id != request.GrantId).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.Status, GrantStatus.Lost).SetProperty(g => g.Sealed, ""), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);

        // The step stays open until all that follows was set going: killed in between, it is there to be done again.
        foreach (var follower in followers)
            await follower.ConnectedAsync(new ConnectionMade(connection.BusinessId, request.PersonId, isFirst));
        await jobs.EnqueueAtAsync<ConnectionUpkeep>(connection.BusinessId, now + ConnectionUpkeep.Every, CancellationToken.None);
        request.FinishedAt = now;
        await db.SaveChangesAsync(CancellationToken.None);
        signal.Raise(connection.BusinessId);
    }

    private static Task<AuthorisationRequest?> FindOpenAsync(DextSageDb db, Caller caller, Guid requestId, CancellationToken cancellationToken) =>
        db.AuthorisationRequests.SingleOrDefaultAsync(
            r => r.Id == requestId && r.PersonId == caller.PersonId && r.GrantId != null && r.FinishedAt == null, cancellationToken);

    private async Task<Organisation> DescribeAsync(Guid grantId, SageBusiness listed, CancellationToken cancellationToken)
    {
        var answer = await sage.BusinessAsync(new SageTarget(grantId, SageBusinessId: null), listed.Id!, cancellationToken);
        var business = answer.Value ?? listed;
        var problem = answer.Failure is { } failure ? failure.Kind.Sentence
            : business.Plan is null ? WizardProblem.InactiveSubscription.Sentence()
            : null;
        return new Organisation(listed.Id!, business.Name ?? listed.DisplayedAs ?? listed.Id!, business.Country?.Id, business.Plan?.ToString(), problem);
    }
}

/// <summary>Sage could not be asked just now. The message is a sentence for people.</summary>
public sealed class SageUnreachableException(string sentence) : Exception(sentence);
