#!/bin/sh
# Puts function.zip behind the service. Who runs it needs servicecatalog:GetProvisionedProductOutputs and
# lambda:UpdateFunctionCode on the function.
set -eu
function=$(aws servicecatalog get-provisioned-product-outputs \
  --provisioned-product-name '${{ values.name }}' \
  --query "Outputs[?OutputKey=='FunctionArn'].OutputValue" --output text)
aws lambda update-function-code --function-name "$function" --zip-file fileb://function.zip --query LastUpdateStatus
aws lambda wait function-updated-v2 --function-name "$function"
