using System.Reflection;
using System.Reflection.Emit;

namespace DextSage.Tests.Guard;

/// <summary>What a type refers to, signatures and method bodies alike, read from its intermediate language.</summary>
internal static class References
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    /// <summary>Every member and type that the type names, itself left out.</summary>
    public static IEnumerable<MemberInfo> Of(Type type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var face in type.GetInterfaces()) yield return face;
        foreach (var field in type.GetFields(All)) yield return field.FieldType;
        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
        {
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            if (method is MethodInfo { ReturnType: { } returned }) yield return returned;
            foreach (var member in OfBody(method)) yield return member;
        }
    }

    /// <summary>The types behind a member: what declares it, what it is of, what its generic arguments are.</summary>
    public static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        Type type => Spread(type),
        MethodBase method => Spread(method.DeclaringType).Concat(method is MethodInfo { IsGenericMethod: true } m ? m.GetGenericArguments().SelectMany(Spread) : [])
            .Concat(method is MethodInfo { ReturnType: { } returned } ? Spread(returned) : []),
        FieldInfo field => Spread(field.DeclaringType).Concat(Spread(field.FieldType)),
        _ => Spread(member.DeclaringType),
    };

    private static IEnumerable<Type> Spread(Type? type)
    {
        if (type is null || type.IsGenericParameter) return [];
        if (type.HasElementType) return Spread(type.GetElementType());
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Spread).Append(type) : [type];
    }

    private static IEnumerable<MemberInfo> OfBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = (short)(0xFE00 | code[at++]);
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } member) yield return member;
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
